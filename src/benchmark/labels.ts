import { AssayError, suggestName } from "../errors.js";
import type { Generator } from "../random/index.js";
import type { Labels, Metric, Pack } from "./contract.js";
import { addNoise } from "./noisy.js";
import { asDoubles } from "./pack/columns.js";
import { drawSeeds } from "./randomSeed.js";

/**
 * The labels of one run by a rule: `mean`, `seed:<id>`, `random-seed`, `noisy(<sigma>)` or the name of a metric. Throws
 * AssayError for a rule that the pack cannot follow.
 *
 * @param rule default: the pack's own rule
 */
export function createLabels(pack: Pack, rule: string | undefined, generator: Generator): Labels {
  const { metadata } = pack;
  const chosen = (rule ?? metadata.labelRule).trim();
  const label = metricOf(pack, metadata.label);
  if (chosen === "mean") {
    return { values: asDoubles(pack.column(metadata.label)), rule: chosen, description: describe(label) };
  }
  const noise = /^noisy\(\s*([^)]*?)\s*\)$/.exec(chosen);
  if (noise !== null) {
    const sigma = noise[1] === "" ? Number.NaN : Number(noise[1]);
    if (!(sigma >= 0 && Number.isFinite(sigma))) {
      throw new AssayError(
        "bad-label",
        `Label rule "${chosen}": expected a standard deviation of 0 or more.`,
        rules(pack),
      );
    }
    const values = addNoise(asDoubles(pack.column(metadata.label)), sigma, generator);
    return { values, rule: `noisy(${sigma})`, description: describeNoise(label, sigma) };
  }
  const seeds = metadata.seedLabels;
  if (chosen === "random-seed") {
    const columns = Object.values(seeds).map((name) => pack.column(name));
    if (columns.length === 0) {
      throw new AssayError("bad-label", `${metadata.name} has no labels of single training seeds.`, rules(pack));
    }
    const first = metricOf(pack, Object.values(seeds)[0]);
    const description = `${describe({ ...first, seed: "one drawn for each architecture" })}`;
    return { values: drawSeeds(columns, generator), rule: chosen, description };
  }
  if (chosen.startsWith("seed:")) {
    const seed = chosen.slice(5);
    if (!Object.hasOwn(seeds, seed)) {
      const known = Object.keys(seeds).join(", ");
      const what = known === "" ? "no labels of single training seeds" : `no training seed "${seed}" (it has ${known})`;
      throw new AssayError("bad-label", `${metadata.name} has ${what}.`, rules(pack));
    }
    const metric = metricOf(pack, seeds[seed]);
    return { values: asDoubles(pack.column(seeds[seed])), rule: chosen, description: describe(metric) };
  }
  const metric = metadata.metrics.find(({ name }) => name === chosen);
  if (metric === undefined) throw unknownRule(pack, chosen);
  return { values: asDoubles(pack.column(chosen)), rule: chosen, description: describe(metric) };
}

function metricOf(pack: Pack, column: string): Metric {
  const known = pack.metadata.metrics.find(({ name }) => name === column);
  return known ?? { name: column, unit: "not stated", description: column };
}

/** A metric in words: "validation accuracy …, percent, 200 epochs, seed 777". */
function describe({ name, unit, split, seed, epoch, description }: Metric): string {
  const parts = [`${name}: ${description}`, unit];
  if (split !== undefined) parts.push(`split ${split}`);
  if (epoch !== undefined) parts.push(`${epoch} epochs`);
  if (seed !== undefined) parts.push(`seed ${seed}`);
  return parts.join("; ");
}

function describeNoise(label: Metric, sigma: number): string {
  const warning = label.split === "test" ? " This is not a validation accuracy." : "";
  return `${describe(label)}; plus normal noise of standard deviation ${sigma}, one draw for each architecture and run.${warning}`;
}

function rules({ metadata }: Pack): string {
  const seeds = Object.keys(metadata.seedLabels);
  const listed = [
    "mean",
    "noisy(<sigma>)",
    ...(seeds.length > 0 ? ["random-seed", ...seeds.map((id) => `seed:${id}`)] : []),
  ];
  return `Label rules: ${listed.join(", ")} or the name of a metric.`;
}

function unknownRule(pack: Pack, rule: string): AssayError {
  const names = ["mean", "random-seed", ...pack.metadata.metrics.map(({ name }) => name)];
  const near = suggestName(rule, names);
  const hint = near.startsWith("Did") ? `${near} ${rules(pack)}` : rules(pack);
  return new AssayError("bad-label", `${pack.metadata.name} has no label rule or metric "${rule}".`, hint);
}
