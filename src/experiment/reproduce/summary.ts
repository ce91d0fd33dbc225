import { createGenerator } from "../../random/index.js";
import { mean } from "../../stats/index.js";
import { largestValue } from "../optimum.js";
import { summarise } from "../summarise.js";
import type { PanelPoint, Reading, Reproduction, ReproductionMethod, ReproductionPanel } from "./contract.js";
import { type RankedMethod, testOrder, testPair } from "./orderTest.js";
import type { Plan } from "./plan.js";
import { type ProtocolRun, valueAfter } from "./protocolRun.js";
import { describeReading, readingsOf } from "./readings.js";
import type { OrderReport, OrderStep, ReproducePanel, ReproducePoint, ReproduceSeries } from "./report.js";
import type { Subject } from "./subjects.js";

/** What a chart is made of. */
export interface SummaryInput {
  readonly reproduction: Reproduction;
  readonly methods: readonly ReproductionMethod[];
  readonly labels: readonly string[];
  readonly seeds: number;
  readonly firstSeed: number;
  readonly plan: Plan;
  readonly find: (key: string) => ProtocolRun | undefined;
}

/** A chart with its numbers, by every way to read the runs. */
export function summarisePanel(input: SummaryInput, panel: ReproductionPanel, subject: Subject): ReproducePanel {
  const { reproduction, methods, labels, seeds, firstSeed, plan, find } = input;
  const { benchmark } = subject;
  const points = [...panel.points].sort((a, b) => a.x - b.x);
  const last = points[points.length - 1];

  function runsOf(method: ReproductionMethod, point: PanelPoint, label: string): (ProtocolRun | undefined)[] {
    return Array.from({ length: seeds }, (_, i) => find(plan.keyOf(panel, method, point, label, firstSeed + i)));
  }

  function valuesOf(method: ReproductionMethod, point: PanelPoint, { label, curve }: Reading): (number | undefined)[] {
    return runsOf(method, point, label).map((run) => run && valueAfter(run, curve, point.samples + point.evaluate));
  }

  function pointOf(method: ReproductionMethod, point: PanelPoint, reading: Reading): ReproducePoint {
    const values = valuesOf(method, point, reading).filter((value) => value !== undefined);
    const value = summarise(values);
    const reported = panel.reported.find(({ method: name, x }) => name === method.name && x === point.x)?.value ?? null;
    const difference = reported === null || value.mean === null ? null : value.mean - reported;
    const { x, samples, evaluate } = point;
    return { x, samples, evaluate, runs: values.length, value, reported, difference };
  }

  function seriesOf(method: ReproductionMethod, reading: Reading): ReproduceSeries {
    const { name, title, strategy, code } = method;
    const table = subject.codes.get(code);
    const asked = runsOf(method, last, reading.label).flatMap((run) => (run === undefined ? [] : [run.codes]));
    const meanAsked = asked.length === 0 ? 0 : mean(asked);
    return {
      method: name,
      title,
      strategy: strategy(last),
      estimationCode:
        table === undefined || meanAsked === 0
          ? null
          : { name: table.name, asked: meanAsked, trainings: table.cost * meanAsked },
      points: points.map((point) => pointOf(method, point, reading)),
    };
  }

  function orderOf(reading: Reading): OrderReport | null {
    const ordered = reproduction.order.flatMap((name) => rankedMethod(name, reading) ?? []);
    return ordered.length < 2 ? null : testOrder(ordered, `At ${last.samples} + ${last.evaluate} queries`);
  }

  function contrastsOf(reading: Reading): OrderStep[] {
    return (reproduction.contrasts ?? []).flatMap((names) => {
      const [without, having] = names.map((name) => rankedMethod(name, reading));
      return without === undefined || having === undefined ? [] : [testPair(without, having)];
    });
  }

  function rankedMethod(name: string, reading: Reading): RankedMethod | undefined {
    const method = methods.find((one) => one.name === name);
    return method && { name, title: method.title, values: valuesOf(method, last, reading) };
  }

  const { metadata } = benchmark;
  return {
    name: panel.name,
    title: panel.title,
    benchmark: benchmark.name,
    packChecksum: metadata.checksum,
    optimum: largestValue(benchmark.test),
    unit: metadata.metrics.find(({ name }) => name === metadata.test)?.unit ?? "no unit",
    axis: panel.axis,
    notes: [...panel.notes],
    reported: panel.reported
      .filter(({ method }) => methods.some(({ name }) => name === method))
      .map((point) => ({ ...point })),
    readings: labels.flatMap(readingsOf).map((reading) => ({
      ...reading,
      labelDescription: benchmark.labels(reading.label, createGenerator(firstSeed)).description,
      rule: describeReading(reading),
      series: methods.map((method) => seriesOf(method, reading)),
      order: orderOf(reading),
      contrasts: contrastsOf(reading),
    })),
  };
}
