import { describe, expect, test } from "vitest";
import { viewNames } from "../../encoding/index.js";
import { createGenerator } from "../../random/index.js";
import { createCatalogue } from "../../space/catalogue.js";
import { createNasBench201 } from "../../space/index.js";
import { createGridSpace } from "../conformanceSpace.js";
import type { Observation } from "../contract.js";
import { createFeatureSource } from "../features.js";
import { createHistory, type History } from "../history.js";
import { ENCODING, HistoryModel } from "./model.js";

const catalogue = createCatalogue(createGridSpace(5, 4, true));
const features = createFeatureSource(catalogue);
const ids = createGenerator(1).choose(24, catalogue.size);
const labelOf = (id: number): number => 70 + catalogue.at(id).reduce((sum, level, gene) => sum + level * (gene + 1), 0);

function proposed(among: ArrayLike<number> = ids): History {
  const history = createHistory(catalogue);
  for (const id of Array.from(among)) history.propose(id);
  return history;
}

function modelOf(history: History, emphasis = true, ...without: readonly string[]): HistoryModel {
  return new HistoryModel(history, features, { emphasis, experience: true, without });
}

/** The model of these labels of the first architectures. */
function fitted(labels: readonly number[], emphasis = true, ...without: readonly string[]) {
  const history = proposed(ids.slice(0, labels.length));
  history.observe(labels.map((label, i) => ({ architecture: ids[i], label })));
  return modelOf(history, emphasis, ...without).fit();
}

describe("HistoryModel", () => {
  test("is the same, bit for bit, in whatever order and portions results arrive", () => {
    const results = Array.from(ids, (architecture): Observation => ({ architecture, label: labelOf(architecture) }));
    const atOnce = proposed();
    atOnce.observe(results);
    const expected = modelOf(atOnce).fit()!;
    const orders = [results.toReversed(), results.toSorted((a, b) => b.label - a.label)];
    for (const order of orders) {
      const history = proposed();
      const model = modelOf(history);
      for (let first = 0; first < order.length; first += 5) {
        history.observe(order.slice(first, first + 5));
        model.fit();
      }
      const found = model.fit()!;
      expect(found.evaluated).toEqual(expected.evaluated);
      expect(found.targets).toEqual(expected.targets);
      expect(found.means).toEqual(expected.means);
      expect(found.process.predict(features.all(ENCODING))).toEqual(expected.process.predict(features.all(ENCODING)));
      expect(found.labelOf(0.3, 0.1)).toEqual(expected.labelOf(0.3, 0.1));
    }
  });

  test("fits nothing twice, and again where a label changes", () => {
    const history = proposed();
    const model = modelOf(history);
    history.observe([
      { architecture: ids[0], label: 1 },
      { architecture: ids[1], label: 2 },
    ]);
    const first = model.fit();
    expect(model.fit()).toBe(first);
    history.observe([{ architecture: ids[0], label: 3 }]);
    const second = model.fit()!;
    expect(second).not.toBe(first);
    expect(second.targets[0]).toBeGreaterThan(second.targets[1]);
  });

  test("learns from failures where evaluations succeed, and knows nothing while all fail", () => {
    const learnt = fitted([3, 1, Number.NaN, 2])!;
    expect(learnt.targets).toEqual(fitted([3, 1, 2])!.targets);
    expect(learnt.evaluated).toHaveLength(3);
    expect(fitted([3, 1, 2])!.feasibility).toBeUndefined();
    const chances = learnt.feasibility!.logChances(features.of(ENCODING, [...learnt.evaluated]));
    expect(chances.every((chance) => chance <= 0 && Number.isFinite(chance))).toBe(true);
    expect(fitted([3, 1, Number.NEGATIVE_INFINITY, 2])!.targets).toEqual(learnt.targets);
    expect(fitted([])).toBeUndefined();
    expect(fitted([Number.NaN, Number.NaN])).toBeUndefined();
    expect(modelOf(proposed()).fit()).toBeUndefined();
  });

  test.each([
    ["one label", [5]],
    ["one success among failures", [Number.NaN, 5, Number.NaN]],
    ["two labels", [5, 6]],
    ["constant labels", Array(12).fill(0.1)],
    ["labels that differ by rounding only", [0.3, 0.1 + 0.2, 0.3]],
    ["huge labels", [1e300, -1e300, 3e299]],
    ["tiny labels", [1e-300, 3e-300, 2e-300]],
    ["negative labels", [-5, -4, -4.5, -1e9]],
  ])("predicts numbers from %s", (_, labels) => {
    for (const emphasis of [true, false]) {
      const { process, means, labelOf: read } = fitted(labels, emphasis)!;
      const { mean, variance } = process.predict(features.all(ENCODING));
      expect(mean.every(Number.isFinite) && means.every(Number.isFinite)).toBe(true);
      expect(variance.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
      const { mean: label, standardDeviation } = read(means[0], variance[0] + process.noise);
      expect(Number.isFinite(label)).toBe(true);
      expect(standardDeviation).toBeGreaterThanOrEqual(0);
    }
  });

  test("does without a view, but never without all", () => {
    const labels = Array.from(ids, labelOf);
    expect(viewNames(catalogue.space)).toEqual(["choices", "summary"]);
    const seen = fitted(labels)!;
    for (const without of ["choices", "summary"]) {
      const found = fitted(labels, true, without)!;
      expect(found.targets).toEqual(seen.targets);
      expect(found.means).not.toEqual(seen.means);
    }
    for (const without of ["paths", "parts"]) expect(fitted(labels, true, without)!.means).toEqual(seen.means);
    const single = createCatalogue(createGridSpace(1, 6, true));
    expect(viewNames(single.space)).toEqual(["choices"]);
    const history = createHistory(single);
    history.observe([0, 1, 2].map((architecture) => ({ architecture, label: architecture })));
    const means = [[], ["choices"]].map((without) => {
      const source = createFeatureSource(single);
      return new HistoryModel(history, source, { emphasis: true, experience: true, without }).fit()!.means;
    });
    expect(means[1]).toEqual(means[0]);
  });

  test("expects views of graphs, and of nothing else, to count as they did elsewhere", () => {
    const cells = createCatalogue(createNasBench201());
    const cases = [
      { among: catalogue, source: features, isDifferent: false },
      { among: cells, source: createFeatureSource(cells), isDifferent: true },
    ];
    for (const { among, source, isDifferent } of cases) {
      const history = createHistory(among);
      history.observe(Array.from(ids, (architecture): Observation => ({ architecture, label: architecture % 7 })));
      const [expecting, open] = [true, false].map((experience) => {
        const { process, priorsWith } = new HistoryModel(history, source, {
          emphasis: true,
          experience,
          without: [],
        }).fit()!;
        return { theta: process.theta, priors: priorsWith("codes") };
      });
      expect(open.priors).toEqual({});
      if (isDifferent) expect(expecting.priors.amplitude).toHaveLength(6);
      else expect(expecting).toEqual(open);
      expect(expecting.theta.some((value, i) => value !== open.theta[i])).toBe(isDifferent);
    }
  });

  test("expects nothing of views once something has failed, in whatever order results arrive", () => {
    const cells = createCatalogue(createNasBench201());
    const source = createFeatureSource(cells);
    const results = Array.from(
      ids,
      (architecture, i): Observation => ({ architecture, label: i === 5 ? Number.NaN : i % 7 }),
    );
    const theta = (experience: boolean, portions: readonly (readonly Observation[])[]): Float64Array => {
      const history = createHistory(cells);
      for (const id of ids) history.propose(id);
      const model = new HistoryModel(history, source, { emphasis: true, experience, without: [] });
      for (const portion of portions) {
        history.observe(portion);
        model.fit();
      }
      return model.fit()!.process.theta;
    };
    expect(theta(true, [results])).toEqual(theta(false, [results]));
    const failureLast = [results.filter((_, i) => i !== 5), [results[5]]];
    expect(theta(true, failureLast)).toEqual(theta(false, [results]));
    expect(theta(true, failureLast.slice(0, 1))).not.toEqual(theta(false, failureLast.slice(0, 1)));
  });

  test("keeps its parameters beyond 300 labels until there is a tenth more, the same as a model that begins anew", () => {
    const cells = createCatalogue(createNasBench201());
    const source = createFeatureSource(cells);
    const many = createGenerator("many").choose(370, cells.size);
    const history = createHistory(cells);
    const worth = (id: number): number => cells.at(id).reduce((sum, level, gene) => sum + level * (gene + 1), 0);
    const observe = (from: number, to: number): void =>
      history.observe(
        Array.from(many.slice(from, to), (architecture) => ({ architecture, label: worth(architecture) })),
      );
    const create = (): HistoryModel =>
      new HistoryModel(history, source, { emphasis: true, experience: true, without: [] });
    const model = create();
    observe(0, 332);
    const early = model.fit()!.process.theta;
    for (const [from, to] of [
      [332, 340],
      [340, 362],
    ]) {
      observe(from, to);
      const { process, means } = model.fit()!;
      expect(process.theta).toEqual(early);
      expect(create().fit()!.means).toEqual(means);
    }
    observe(362, 370);
    expect(model.fit()!.process.theta).not.toEqual(early);
  });

  test("reads predictions in the unit of the labels", () => {
    const { means, evaluated, labelOf: read } = fitted(Array.from(ids, labelOf))!;
    evaluated.forEach((id, i) => {
      expect(Math.abs(read(means[i], 0).mean - labelOf(id))).toBeLessThan(10);
    });
  });
});
