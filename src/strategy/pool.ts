import { encode } from "../encoding/index.js";
import { createMatrix, type Matrix } from "../kernels/matrix.js";
import type { Generator } from "../random/index.js";
import type { Architecture } from "../space/contract.js";
import type { FeatureSource } from "./contract.js";
import type { History } from "./history.js";
import { represent } from "./unseen.js";

/** The architectures that a strategy ranks, one row each. */
export interface CandidatePool {
  readonly features: Matrix;
  /** The rows that may be suggested now: neither evaluated nor pending. */
  eligible(): Int32Array;
  /** The catalogue number of the architecture in a row. */
  idOf(row: number): number;
}

/** The whole of an enumerable space: row = index. Its features are computed once and shared. */
export function wholeSpacePool(history: History, source: FeatureSource, encoding: string): CandidatePool {
  const features = source.all(encoding);
  return {
    features,
    eligible() {
      const isKnown = new Uint8Array(features.rows);
      for (let position = 0; position < history.size; position++) isKnown[history.at(position)] = 1;
      const rows = new Int32Array(features.rows - history.size);
      let next = 0;
      for (let row = 0; row < features.rows; row++) if (isKnown[row] === 0) rows[next++] = row;
      return rows;
    },
    idOf: (row) => row,
  };
}

/** How many candidates are drawn where a space is too large to be ranked whole. */
export interface SamplingSizes {
  /** Uniform draws. */
  readonly sample: number;
  /** Mutations of the best architectures evaluated so far. */
  readonly mutations: number;
  /** How many of the best are mutated. */
  readonly parents: number;
}

/** Edits of one mutation: half of them one, a quarter two, …, so that the neighbourhood is searched most densely. */
const MOST_EDITS = 5;

/**
 * A fresh sample of a space too large to be listed, and mutations of the best; none twice, none already known. Candidates
 * get no catalogue number unless they are chosen: a search over 10^19 architectures must not keep a million of them.
 */
export function sampledPool(
  history: History,
  encoding: string,
  { sample, mutations, parents }: SamplingSizes,
  generator: Generator,
): CandidatePool {
  const { catalogue } = history;
  const { space } = catalogue;
  const candidates = new Map<string, Architecture>();

  function add(architecture: Architecture): void {
    const represented = represent(space, architecture);
    const id = catalogue.find(represented);
    if (id < 0 || !history.has(id)) candidates.set(represented.join(","), represented);
  }

  const sampling = generator.split("sample");
  for (let i = 0; i < sample; i++) add(space.sample(sampling));

  const best = history
    .results()
    .sort((a, b) => b.label - a.label)
    .slice(0, parents);
  const mutating = generator.split("mutate");
  for (let i = 0; i < mutations && best.length > 0; i++) {
    let mutant = catalogue.at(best[mutating.integer(best.length)].architecture);
    let edits = 1;
    while (edits < MOST_EDITS && mutating.uniform() < 0.5) edits++;
    for (let edit = 0; edit < edits; edit++) mutant = space.mutate(mutant, mutating);
    add(mutant);
  }

  const architectures = [...candidates.values()];
  return {
    features: encode(space, encoding, architectures),
    eligible: () =>
      Int32Array.from(architectures.keys()).filter((row) => {
        const id = catalogue.find(architectures[row]);
        return id < 0 || !history.has(id);
      }),
    idOf: (row) => catalogue.idOf(architectures[row]),
  };
}

/** A pool of candidates with what was evaluated in front, for a choice in which a query costs nothing: none is eligible. */
export function poolToRecommendFrom(
  history: History,
  source: FeatureSource,
  encoding: string,
  candidates: CandidatePool,
): CandidatePool {
  const evaluated = history.results().map(({ architecture }) => architecture);
  const known = source.of(encoding, evaluated);
  const features = createMatrix(known.rows + candidates.features.rows, known.columns);
  features.data.set(known.data);
  features.data.set(candidates.features.data, known.data.length);
  return {
    features,
    eligible: () => new Int32Array(0),
    idOf: (row) => (row < known.rows ? evaluated[row] : candidates.idOf(row - known.rows)),
  };
}
