import { AssayError, suggestName } from "../errors.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Architecture, CostView } from "../space/contract.js";
import type { Objective } from "./contract.js";

/** Names of the label. */
const LABEL_NAMES = ["accuracy", "label"];
const MOST = 3;
const directions: Readonly<Record<string, Objective["direction"]>> = {
  max: "maximise",
  maximise: "maximise",
  min: "minimise",
  minimise: "minimise",
};
const EXAMPLE = "Write for example accuracy,flops or accuracy,latency:min.";

/** What `readObjectives` may be told besides the catalogue. */
export interface ObjectiveOptions {
  /** Costs that are known without training; default: those of the space. */
  readonly costs?: CostView | undefined;
  /** Units of the label (`label`) and of metrics that evaluations give, by name. */
  readonly units?: Readonly<Record<string, string>> | undefined;
}

/**
 * Reads objectives as a user writes them: `accuracy,flops` or `accuracy:max,latency:min`, two or three of them, the label first. A
 * cost of the space is minimised and known without training; any other name is a metric that evaluations give and needs a direction.
 *
 * Throws AssayError that says what is wrong.
 *
 * @returns undefined where the label is the only one
 * @example
 * const objectives = readObjectives("accuracy,flops", createCatalogue(createNasBench201()));
 */
export function readObjectives(
  text: string,
  catalogue: Catalogue,
  { costs = catalogue.space.views.cost, units = {} }: ObjectiveOptions = {},
): readonly Objective[] | undefined {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.some((part) => part === "")) {
    throw refuse(`--objectives ${JSON.stringify(text)} has an empty name.`, EXAMPLE);
  }
  if (parts.length > MOST) {
    throw refuse(`There are ${parts.length} objectives in ${text}, and at most ${MOST} can be searched.`, EXAMPLE);
  }
  const objectives = parts.map((part, place) => readObjective(part, place, catalogue, costs, units));
  const names = objectives.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice !== undefined) throw refuse(`The objective ${twice} is named twice in ${text}.`, "Name each only once.");
  return objectives.length === 1 ? undefined : objectives;
}

function readObjective(
  text: string,
  place: number,
  catalogue: Catalogue,
  costs: CostView | undefined,
  units: Readonly<Record<string, string>>,
): Objective {
  const [name, given, ...rest] = text.split(":").map((word) => word.trim());
  const direction = given === undefined ? undefined : directions[given];
  if (rest.length > 0 || (given !== undefined && direction === undefined)) {
    throw refuse(`The objective "${text}" is not understood.`, "Write NAME, NAME:max or NAME:min.");
  }
  const isLabel = LABEL_NAMES.includes(name);
  if (place === 0 && !isLabel) {
    throw refuse(`The first objective is the label, not ${name}.`, `Write accuracy,${text}.`);
  }
  if (isLabel) {
    if (place > 0) throw refuse(`${name} is the label and comes first.`, EXAMPLE);
    if (direction === "minimise") {
      throw refuse("The label is always maximised.", "Let the evaluation give minus the number that is to be small.");
    }
    return { name: "accuracy", direction: "maximise", unit: units["label"] ?? "" };
  }
  const metrics = costs?.metrics ?? [];
  const metric = metrics.findIndex((cost) => cost.name === name);
  if (costs !== undefined && metric >= 0) {
    const unit = metrics[metric].unit;
    return { name, direction: direction ?? "minimise", unit, ...readCost(costs, metric, catalogue) };
  }
  if (direction !== undefined) return { name, direction, unit: units[name] ?? "" };
  const names = metrics.map((cost) => cost.name);
  const known = names.length === 0 ? "the space names no costs" : `the space knows ${names.join(", ")}`;
  throw refuse(
    `${name} is no cost that is known without training (${known}), and whether more of it is better is not said.`,
    `${suggestName(name, names)} If evaluations give it, write ${name}:min or ${name}:max.`,
  );
}

/** A cost by number, looked up once for each architecture of a space that can be listed, and by genes. */
function readCost(
  costs: CostView,
  metric: number,
  catalogue: Catalogue,
): Required<Pick<Objective, "known" | "knownFor">> {
  const values = new Float64Array(costs.metrics.length);
  const knownFor = (architecture: Architecture): number => {
    costs.write(architecture, values);
    return values[metric];
  };
  const { enumeration } = catalogue.space;
  if (enumeration === undefined) return { knownFor, known: (id) => knownFor(catalogue.at(id)) };
  const found = new Float64Array(enumeration.size);
  const isFound = new Uint8Array(enumeration.size);
  const genes = new Int32Array(catalogue.space.genes);
  return {
    knownFor,
    known(id) {
      if (isFound[id] === 0) {
        catalogue.write(id, genes);
        found[id] = knownFor(genes);
        isFound[id] = 1;
      }
      return found[id];
    },
  };
}

/** What is measured of an architecture. */
export interface Measured {
  /** Catalogue number. */
  readonly architecture: number;
  readonly label: number;
  readonly metrics?: Readonly<Record<string, number>> | undefined;
}

/**
 * The value of each objective of an evaluated architecture, in their order and their own direction; or, as a sentence, why there is
 * none: such an evaluation has failed.
 *
 * @example
 * valuesOf(objectives, { architecture: 7, label: 91.2, metrics: { latency: 3.1 } }); // [91.2, 3.1]
 */
export function valuesOf(
  objectives: readonly Objective[],
  { architecture, label, metrics = {} }: Measured,
): readonly number[] | string {
  const values = objectives.map((objective, place) =>
    place === 0 ? label : (objective.known?.(architecture) ?? metrics[objective.name] ?? Number.NaN),
  );
  const missing = values.findIndex((value) => !Number.isFinite(value));
  if (missing < 0) return values;
  const { name, known } = objectives[missing];
  if (missing === 0) return `the evaluation gave the label ${label}`;
  if (known !== undefined) return `the cost ${name} of this architecture is not known, and it is an objective`;
  return metrics[name] === undefined
    ? `the evaluation gave no number named ${name}, which is an objective`
    : `the evaluation gave ${metrics[name]} for the objective ${name}`;
}

function refuse(message: string, hint: string): AssayError {
  return new AssayError("bad-objectives", message, hint.trim());
}
