import type { Metric, PackMetadata } from "../../benchmark/contract.js";
import type { PackContents } from "../../benchmark/pack/contents.js";
import { estimationCodesOf } from "./estimationCodes.js";
import type { BuildPlan } from "./plan.js";
import { meanOver, recordsByRow, type TrainingRecord } from "./record.js";

/**
 * The pack of a finished build. The same records give the same bytes, in whatever order they were made.
 *
 * @param trainingImages how many images the data set has to train on; costs of estimation codes are told from it
 */
export function contentsOf(
  plan: BuildPlan,
  records: ReadonlyMap<string, TrainingRecord>,
  trainingImages: number,
): PackContents {
  const { recipe, size, spaceSpec } = plan;
  const { seeds } = recipe;
  const at = recordsByRow(plan.trained, records);
  const epochs = [...records.values()].reduce((most, { losses }) => Math.max(most, losses.length), 0);
  const columns = new Map<string, Float32Array | Float64Array | Int32Array>();
  const metrics: Metric[] = [];
  const add = (metric: Metric, value: (row: number) => number | null | undefined, kind?: "whole"): void => {
    metrics.push(metric);
    const values = Float64Array.from({ length: size }, (_, row) => value(row) ?? Number.NaN);
    columns.set(metric.name, kind === "whole" ? wholeColumn(values) : floatColumn(values));
  };
  const addAccuracy = (kind: "validation" | "test", short: string): void => {
    const common = { unit: "percent", split: kind, epoch: epochs };
    const description = `Accuracy on the ${kind} images after the last epoch`;
    add({ ...common, name: `${short}_accuracy`, seed: "mean", description: `${description}, mean over seeds` }, (row) =>
      meanOver(seeds, (seed) => at(row, seed)[kind]),
    );
    for (const seed of seeds) {
      const name = `${short}_accuracy_seed${seed}`;
      add({ ...common, name, seed: `${seed}`, description }, (row) => at(row, seed)[kind]);
    }
  };
  addAccuracy("validation", "valid");
  addAccuracy("test", "test");
  const cost = (name: "flops" | "params", unit: string, description: string): void =>
    add({ name, unit, description }, (row) => at(row, seeds[0])[name], "whole");
  cost("flops", "MAC", "Multiply-accumulates of the network that was trained");
  cost("params", "parameters", "Trainable parameters of the network that was trained");
  const proxies = [...new Set([...records.values()].flatMap((record) => Object.keys(record.proxies)))].sort();
  for (const name of proxies) {
    const description = `Zero-cost proxy ${name} of the untrained network of seed ${seeds[0]}`;
    add({ name, unit: "score", seed: `${seeds[0]}`, description }, (row) => at(row, seeds[0]).proxies[name]);
  }
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const common = { unit: "nats", split: "train", epoch };
    const description = `Mean training loss of epoch ${epoch}`;
    if (recipe.losses === "mean") {
      const name = `train_loss_epoch${epoch}`;
      add({ ...common, name, seed: "mean", description: `${description}, mean over seeds` }, (row) =>
        meanOver(seeds, (seed) => at(row, seed).losses[epoch - 1]),
      );
      continue;
    }
    for (const seed of seeds) {
      const name = `train_loss_seed${seed}_epoch${epoch}`;
      add({ ...common, name, seed: `${seed}`, description }, (row) => at(row, seed).losses[epoch - 1]);
    }
  }
  columns.set("trained_index", plan.trained);
  metrics.push({
    name: "trained_index",
    unit: "index",
    description: "Index of the architecture that was trained in place of this one: they compute the same function",
  });
  const metadata: Omit<PackMetadata, "schema" | "rows" | "checksum"> = {
    name: recipe.name,
    title: recipe.title,
    space: { name: spaceSpec.name, options: spaceSpec.options },
    metrics,
    label: "valid_accuracy",
    labelRule: "mean",
    seedLabels: Object.fromEntries(seeds.map((seed) => [`${seed}`, `valid_accuracy_seed${seed}`])),
    test: "test_accuracy",
    training: { dataset: recipe.dataset, settings: recipe.settings, seeds },
    estimationCodes: estimationCodesOf(recipe, { epochs, proxies, trainingImages }),
    source: recipe.source,
    licence: recipe.licence,
    notes: [recipe.description, ...recipe.notes, ...trainingNotes(plan, records)].filter((note) => note !== ""),
  };
  return { metadata, columns, text: new Map([["architecture", textsOf(plan)]]), compact: true };
}

function textsOf({ size, space }: BuildPlan): string[] {
  const architecture = new Int32Array(space.genes);
  return Array.from({ length: size }, (_, row) => {
    space.enumeration!.write(row, architecture);
    return space.format(architecture);
  });
}

/** How it was trained, in sentences: a pack says itself what one needs to build it again. */
function trainingNotes({ recipe }: BuildPlan, records: ReadonlyMap<string, TrainingRecord>): string[] {
  const failed = [...records.values()].filter(({ failure }) => failure !== undefined).length;
  const settings = Object.keys(recipe.settings)
    .sort()
    .map((name) => `${name}=${String(recipe.settings[name])}`);
  return [
    `Trained with assay build-benchmark on ${recipe.dataset}, settings ${settings.join(", ")}, seeds ${recipe.seeds.join(", ")}.`,
    ...(failed === 0
      ? []
      : [`${failed} of ${records.size} trainings diverged: their architectures have no mean, so they fail.`]),
  ];
}

/** 32-bit integers where they are large enough, else doubles. */
function wholeColumn(values: Float64Array): Int32Array | Float64Array {
  return values.every((value) => value === (value | 0)) ? Int32Array.from(values) : values;
}

/** 32-bit floats, doubles where a score is beyond their range. */
function floatColumn(values: Float64Array): Float32Array | Float64Array {
  const floats = Float32Array.from(values);
  return values.every((value, row) => Number.isFinite(floats[row]) === Number.isFinite(value)) ? floats : values;
}
