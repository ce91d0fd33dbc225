import type { Graphs } from "../graph/readGraphs.js";
import { RowTable } from "../graph/rowTable.js";

/** Which states of one layer each state of the next one adds up, in this order. */
export interface Links {
  /** State s adds up the entries from starts[s] to starts[s + 1]. */
  readonly starts: Int32Array;
  readonly entries: Int32Array;
  readonly states: number;
}

/** What a graph network must compute for some graphs, each thing once. */
export interface SharedStates {
  /** For each layer; the states that the first one reads are the words and, behind them, that of the global vertex. */
  readonly layers: readonly Links[];
  /** Graphs; the states of the last layer are those of their global vertices, in the same order. */
  readonly graphs: number;
}

/**
 * Finds out what a graph network must compute, where each vertex adds up itself and its successors and a global vertex, which
 * nobody reads, everything. Graphs of one space have much in common: after l layers the state of a vertex depends on nothing
 * that is more than l edges away: NAS-Bench-201's 156,250 vertices have 261 states in the second layer. Of the last layer only the
 * global vertices are wanted.
 *
 * A state is known by what it adds up, in the order of the slots, so that what is computed for a graph depends on no other, to
 * the last bit.
 */
export class StateSharing {
  readonly #graphs: Graphs;
  readonly #layers: LayerStates[];

  constructor(graphs: Graphs, layers: number) {
    this.#graphs = graphs;
    this.#layers = Array.from({ length: layers }, () => new LayerStates());
  }

  /** The most states of a layer. */
  get most(): number {
    return Math.max(...this.#layers.map(({ states }) => states));
  }

  add(graph: number): void {
    const { shape, words, edges } = this.#graphs;
    const slots = shape.vertices;
    const start = graph * slots;
    let before: number[] = [];
    for (let slot = 0; slot < slots; slot++) {
      if (words[start + slot] >= 0) before[slot] = words[start + slot];
    }
    let global = shape.words;
    const last = this.#layers.length - 1;
    for (const [number, layer] of this.#layers.entries()) {
      const after: number[] = [];
      if (number < last) {
        before.forEach((own, slot) => {
          const read = [own];
          before.forEach((other, to) => {
            if (edges[(start + slot) * slots + to] === 1) read.push(other);
          });
          // Words have an order of their own, so that more of the first layer is the same.
          after[slot] = layer.stateOf(number === 0 ? read.sort(ascending) : read);
        });
      }
      const everything = [global, ...before.filter((state) => state !== undefined)];
      global = number === 0 && last > 0 ? layer.stateOf(everything.sort(ascending)) : layer.newState(everything);
      before = after;
    }
  }

  finish(): SharedStates {
    const layers = this.#layers.map((layer) => layer.links());
    return { layers, graphs: layers[layers.length - 1].states };
  }
}

const ascending = (a: number, b: number): number => a - b;

class LayerStates {
  /** Rows that add up in one direction only. */
  readonly #table = new RowTable();

  get states(): number {
    return this.#table.count;
  }

  stateOf(read: readonly number[]): number {
    return this.#table.numberOf(Int32Array.from(read), read.length, read.length);
  }

  newState(read: readonly number[]): number {
    return this.#table.add(Int32Array.from(read), read.length, read.length);
  }

  links(): Links {
    const { starts, entries } = this.#table.links;
    const { states } = this;
    return { starts: Int32Array.from({ length: states + 1 }, (_, state) => starts[2 * state]), entries, states };
  }
}

/** The states for some graphs. */
export function shareStates(graphs: Graphs, chosen: ArrayLike<number>, layers: number): SharedStates {
  const sharing = new StateSharing(graphs, layers);
  for (let i = 0; i < chosen.length; i++) sharing.add(chosen[i]);
  return sharing.finish();
}
