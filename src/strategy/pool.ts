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
 * Candidates drawn from a space too large to be listed; none twice, none already known. They get no catalogue number unless
 * they are chosen: a search over 10^19 architectures must not keep a million of them.
 */
export interface CandidateSample {
  /** How many there are. */
  readonly size: number;
  at(row: number): Architecture;
  /** Adds uniform draws, fewer where some are drawn twice or known. */
  draw(count: number, generator: Generator): void;
  /** Adds mutants of architectures drawn from `parents`, of one edit mostly. */
  mutate(parents: readonly Architecture[], count: number, generator: Generator): void;
  /** The candidates from row `first` on, encoded. */
  pool(encoding: string, first?: number): CandidatePool;
}

/** An empty sample. */
export function createCandidateSample(history: History): CandidateSample {
  const { catalogue } = history;
  const { space } = catalogue;
  const keys = new Set<string>();
  const architectures: Architecture[] = [];

  function add(architecture: Architecture): void {
    const represented = represent(space, architecture);
    const id = catalogue.find(represented);
    if (id >= 0 && history.has(id)) return;
    const key = represented.join(",");
    if (keys.has(key)) return;
    keys.add(key);
    architectures.push(represented);
  }

  return {
    get size() {
      return architectures.length;
    },
    at: (row) => architectures[row],
    draw(count, generator) {
      for (let i = 0; i < count; i++) add(space.sample(generator));
    },
    mutate(parents, count, generator) {
      for (let i = 0; i < count && parents.length > 0; i++) {
        let mutant = parents[generator.integer(parents.length)];
        let edits = 1;
        while (edits < MOST_EDITS && generator.uniform() < 0.5) edits++;
        for (let edit = 0; edit < edits; edit++) mutant = space.mutate(mutant, generator);
        add(mutant);
      }
    },
    pool(encoding, first = 0) {
      const members = architectures.slice(first);
      return {
        features: encode(space, encoding, members),
        eligible: () =>
          Int32Array.from(members.keys()).filter((row) => {
            const id = catalogue.find(members[row]);
            return id < 0 || !history.has(id);
          }),
        idOf: (row) => catalogue.idOf(members[row]),
      };
    },
  };
}

/** A fresh sample of a space too large to be listed, and mutations of the best evaluated so far. */
export function sampledPool(
  history: History,
  encoding: string,
  { sample, mutations, parents }: SamplingSizes,
  generator: Generator,
): CandidatePool {
  const candidates = createCandidateSample(history);
  candidates.draw(sample, generator.split("sample"));
  candidates.mutate(bestEvaluated(history, parents), mutations, generator.split("mutate"));
  return candidates.pool(encoding);
}

/** The architectures with the largest labels, best first. */
export function bestEvaluated(history: History, count: number): Architecture[] {
  return history
    .results()
    .sort((a, b) => b.label - a.label)
    .slice(0, count)
    .map(({ architecture }) => history.catalogue.at(architecture));
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
