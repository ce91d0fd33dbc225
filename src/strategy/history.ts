import { z } from "zod";
import { AssayError } from "../errors.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Observation } from "./contract.js";
import {
  restoreArchitecture,
  type StoredArchitecture,
  storeArchitecture,
  storedArchitectureSchema,
} from "./storedArchitecture.js";

const PENDING = "pending";

/** A history as JSON. */
export const historyStateSchema = z.strictObject({
  architectures: z.array(storedArchitectureSchema),
  labels: z.array(z.union([z.number(), z.null(), z.literal(PENDING)])),
});

export type HistoryState = z.output<typeof historyStateSchema>;

/**
 * What a strategy has suggested and learnt. Everything is in the order of suggestion, not of arrival, so that a search
 * does not depend on which evaluation ends first.
 */
export interface History {
  readonly catalogue: Catalogue;
  /** How many architectures are known: evaluated, failed and pending ones. Used to number iterations. */
  readonly size: number;
  /** The catalogue number of the architecture that came to be known as the `position`-th. */
  at(position: number): number;
  /** The position of an architecture, undefined where it is not known. */
  positionOf(architecture: number): number | undefined;
  /** Whether an architecture was suggested or observed before. */
  has(architecture: number): boolean;
  /** The label; NaN where the evaluation failed, undefined while pending or unknown. */
  label(architecture: number): number | undefined;
  /** The largest label, -Infinity where there is none. */
  readonly best: number;
  /** The last `count` successful evaluations, oldest first; all where `count` is absent. */
  results(count?: number): Observation[];
  /** Notes a suggestion as pending. */
  propose(architecture: number): void;
  observe(observations: readonly Observation[]): void;
  state(): HistoryState;
}

/**
 * An empty history, or one restored from `state`.
 *
 * @example
 * const history = createHistory(catalogue);
 * history.propose(7);
 * history.observe([{ architecture: 7, label: 93.2 }]);
 */
export function createHistory(catalogue: Catalogue, state?: HistoryState): History {
  const order: number[] = [];
  const labels: (number | undefined)[] = [];
  /** Both as the state has them, so that it costs a copy and no more: it is taken at every step of a study. */
  const storedArchitectures: StoredArchitecture[] = [];
  const storedLabels: HistoryState["labels"] = [];
  const positions = new Map<number, number>();

  function add(architecture: number, label: number | undefined): void {
    let position = positions.get(architecture);
    if (position === undefined) {
      position = order.push(architecture) - 1;
      positions.set(architecture, position);
      storedArchitectures.push(storeArchitecture(catalogue, architecture));
    }
    labels[position] = label;
    storedLabels[position] = label === undefined ? PENDING : Number.isNaN(label) ? null : label;
  }

  for (const [position, stored] of (state?.architectures ?? []).entries()) {
    const label = state!.labels[position];
    add(restoreArchitecture(catalogue, stored), label === PENDING ? undefined : (label ?? Number.NaN));
  }

  return {
    catalogue,
    get size() {
      return order.length;
    },
    at: (position) => order[position],
    positionOf: (architecture) => positions.get(architecture),
    has: (architecture) => positions.has(architecture),
    label: (architecture) => labels[positions.get(architecture) ?? -1],
    get best() {
      let best = Number.NEGATIVE_INFINITY;
      for (const label of labels) if (label !== undefined && label > best) best = label;
      return best;
    },
    results(count = order.length) {
      const results: Observation[] = [];
      for (let position = order.length - 1; position >= 0 && results.length < count; position--) {
        const label = labels[position];
        if (label !== undefined && !Number.isNaN(label)) results.push({ architecture: order[position], label });
      }
      return results.reverse();
    },
    propose: (architecture) => add(architecture, undefined),
    observe(observations) {
      for (const { architecture } of observations) requireKnown(catalogue, architecture);
      for (const { architecture, label } of observations) {
        // Adding zero makes -0 what JSON makes of it. An infinite label ranks nothing: it counts as a failure.
        add(architecture, Number.isFinite(label) ? label + 0 : Number.NaN);
      }
    },
    state: () => ({ architectures: storedArchitectures.slice(), labels: storedLabels.slice() }),
  };
}

function requireKnown(catalogue: Catalogue, architecture: number): void {
  if (Number.isSafeInteger(architecture) && architecture >= 0 && architecture < catalogue.size) return;
  throw new AssayError(
    "unknown-architecture",
    `There is no architecture number ${architecture} in ${catalogue.space.name}: numbers run from 0 to ${catalogue.size - 1}.`,
    "Observe with the numbers that suggest gave, or with catalogue.idOf(architecture).",
  );
}
