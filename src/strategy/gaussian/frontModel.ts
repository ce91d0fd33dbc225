import { FrontCells } from "../../acquisition/expectedHypervolumeImprovement.js";
import type { Generator } from "../../random/index.js";
import type { SearchSpace } from "../../space/contract.js";
import { referencePoint } from "../../stats/referencePoint.js";
import type { FeatureSource } from "../contract.js";
import type { History } from "../history.js";
import type { ObjectiveValues } from "../objectiveValues.js";
import { type FittedModel, HistoryModel, type ModelOptions } from "./model.js";

/** Draws from the space that tell how much architectures cost at most. */
const DRAWS = 1_000;

/** What is known of one objective besides the label. */
export interface FittedObjective {
  /** What the hypervolume is measured in, for a value that is the larger, the better. */
  coordinate(value: number): number;
  /** Where only a measurement tells the value: its own Gaussian process, whose targets are standardised coordinates. */
  readonly model?: FittedModel;
}

/** What is known of all objectives. */
export interface FittedFront {
  readonly label: FittedModel;
  /** All objectives but the label. */
  readonly others: readonly FittedObjective[];
  /** The evaluated as they are believed to be, one coordinate for each objective, in the order of `label.evaluated`. */
  readonly points: readonly (readonly number[])[];
  readonly reference: readonly number[];
  /** What `points` leave uncovered. */
  readonly cells: FrontCells;
}

/** Keeps one process for the label, and one for each objective that only a measurement tells, up to date with a history. */
export class FrontModel {
  readonly #values: ObjectiveValues;
  readonly #label: HistoryModel;
  readonly #measured: readonly (HistoryModel | undefined)[];
  /** How values of each objective are turned into coordinates now. */
  readonly #coordinates: ((value: number) => number)[] = [];
  #fitted: FittedFront | undefined;

  /** The worst value of each known objective in the space, as far as draws tell; undefined for the others. */
  readonly #worst: readonly (number | undefined)[];

  constructor(
    history: History,
    values: ObjectiveValues,
    features: FeatureSource,
    options: ModelOptions,
    generator: Generator,
  ) {
    this.#worst = worstOfDraws(values, history.catalogue.space, generator);
    this.#values = values;
    this.#label = new HistoryModel(history, features, options);
    this.#measured = values.objectives.slice(1).map(({ known }, i) => {
      if (known !== undefined) return undefined;
      const label = (architecture: number): number | undefined => {
        const own = history.label(architecture);
        // Failed and pending evaluations have no value either.
        return own === undefined || Number.isNaN(own) ? own : this.#coordinateOf(architecture, i + 1);
      };
      const labelled = {
        catalogue: history.catalogue,
        get size() {
          return history.size;
        },
        at: history.at,
        label,
      };
      return new HistoryModel(labelled, features, { ...options, emphasis: false });
    });
  }

  /** The model of all that is known; undefined while no evaluation has succeeded. */
  fit(): FittedFront | undefined {
    const label = this.#label.fit();
    if (label === undefined) return undefined;
    const { evaluated } = label;
    const others = this.#values.objectives.slice(1).map(({ direction }, i): FittedObjective => {
      const coordinate = coordinatesFor(
        evaluated.map((architecture) => this.#values.valueOf(architecture, i + 1)),
        direction === "minimise",
      );
      this.#coordinates[i + 1] = coordinate;
      const model = this.#measured[i]?.fit();
      return model === undefined ? { coordinate } : { coordinate, model };
    });
    const before = this.#fitted;
    if (before?.label === label && others.every(({ model }, i) => before.others[i].model === model)) return before;
    const points = evaluated.map((architecture, place) => [
      label.means[place],
      ...others.map(({ model }, i) => model?.means[place] ?? this.#coordinateOf(architecture, i + 1)),
    ]);
    const measured = evaluated.map((architecture, place) => [
      label.targets[place],
      ...others.map(({ model }, i) => model?.targets[place] ?? this.#coordinateOf(architecture, i + 1)),
    ]);
    const best = measured[0].map(() => "maximise" as const);
    // Costs are known, and what costs more than all that was seen is no less worth a search.
    const corner = measured[0].map((value, i) => {
      const worst = this.#worst[i];
      return worst === undefined ? value : others[i - 1].coordinate(worst);
    });
    const reference = referencePoint([...measured, corner], best) as number[];
    this.#fitted = { label, others, points, reference, cells: new FrontCells(points, reference) };
    return this.#fitted;
  }

  #coordinateOf(architecture: number, objective: number): number {
    return this.#coordinates[objective](this.#values.valueOf(architecture, objective));
  }
}

function worstOfDraws(
  values: ObjectiveValues,
  space: SearchSpace,
  generator: Generator,
): readonly (number | undefined)[] {
  const candidates = Array.from({ length: DRAWS }, () => space.sample(generator));
  return values.objectives.map(({ known }, objective) => {
    if (objective === 0 || known === undefined) return undefined;
    let worst = Number.POSITIVE_INFINITY;
    for (const genes of candidates) {
      const value = values.known(space.enumeration?.indexOf(genes) ?? genes, objective) as number;
      if (value < worst) worst = value;
    }
    return Number.isFinite(worst) ? worst : undefined;
  });
}

/** How far below the smallest cost that was seen costs are told apart. */
const DEPTH = 10;

/**
 * A cost counts by its logarithm, where all that were seen are above zero: half of it is worth as much at the cheap end of a space as at
 * the expensive end. Anything else counts as it is.
 *
 * @param values the larger, the better; a cost is negative
 */
function coordinatesFor(values: readonly number[], isCost: boolean): (value: number) => number {
  if (!isCost || values.some((value) => value >= 0)) return (value) => value;
  const smallest = values.reduce((least, value) => Math.min(least, -value), Number.POSITIVE_INFINITY);
  return (value) => -Math.log(Math.max(-value, smallest / DEPTH));
}
