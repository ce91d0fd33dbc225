import { z } from "zod";
import { defineOptions, readOptions } from "../options.js";
import type { StrategyDefinition } from "./contract.js";
import { createHistory, historyStateSchema } from "./history.js";
import { readState } from "./state.js";
import { admit, proposeAtRandom, represent } from "./unseen.js";

const options = defineOptions({
  init: z.int().min(1).default(10).describe("Random architectures of which the best becomes the start"),
  fullNeighbourhood: z
    .boolean()
    .default(false)
    .describe("Evaluate all neighbours and move to the best, instead of moving at the first improvement"),
});

/** `centre` and `starts` are positions in the history. */
const stateSchema = z.strictObject({
  history: historyStateSchema,
  centre: z.int().min(0).nullable(),
  starts: z.array(z.int().min(0)),
});

/**
 * Hill climbing (White et al. 2020): from the best of a few random architectures, evaluate neighbours in random order, move
 * to one that improves, and start anew at a local optimum. Neighbours evaluated earlier count without a new query. While
 * results are pending and no neighbour is left, further starts are drawn.
 */
export const localSearchDefinition: StrategyDefinition = {
  name: "local-search",
  description: "Hill climbing over neighbours, restarted at local optima",
  source: "White, Nolen and Savani, Exploring the Loss Landscape in NAS, UAI 2021",
  options,
  batch: () => 1,
  create({ catalogue, generator }, values, state) {
    const { space } = catalogue;
    const { init, fullNeighbourhood } = readOptions("strategy local-search", options, values);
    const restored = readState("local-search", stateSchema, state);
    const history = createHistory(catalogue, restored?.history);
    let centre: number | undefined = restored?.centre ?? undefined;
    let starts: number[] = [...(restored?.starts ?? [])];

    /** The position of the best of these architectures, if its label is above `floor`. */
    function bestAbove(floor: number, positions: readonly number[]): number | undefined {
      let best: number | undefined;
      let bestLabel = floor;
      for (const position of positions) {
        const label = history.label(history.at(position));
        if (label !== undefined && label > bestLabel) {
          bestLabel = label;
          best = position;
        }
      }
      return best;
    }

    /** Moves as far as the labels known by now lead. */
    function climb(): void {
      for (;;) {
        if (centre === undefined) {
          const evaluated = starts.filter((position) => history.label(history.at(position)) !== undefined);
          if (evaluated.length < init) return;
          centre = bestAbove(Number.NEGATIVE_INFINITY, evaluated);
          if (centre === undefined) return;
          starts = [];
        }
        const around = neighbours(centre);
        const open = around.unseen.length > 0 || around.pending;
        if (fullNeighbourhood && open) return;
        const better = bestAbove(history.label(history.at(centre))!, around.known);
        if (better === undefined && open) return;
        centre = better;
      }
    }

    function neighbours(position: number): { unseen: Int32Array[]; known: number[]; pending: boolean } {
      const unseen: Int32Array[] = [];
      const known: number[] = [];
      let pending = false;
      for (const neighbour of space.neighbours(catalogue.at(history.at(position)))) {
        const represented = represent(space, neighbour);
        const id = catalogue.find(represented);
        if (id < 0 || !history.has(id)) unseen.push(represented);
        else {
          known.push(history.positionOf(id)!);
          pending ||= history.label(id) === undefined;
        }
      }
      return { unseen, known, pending };
    }

    return {
      async suggest(count) {
        climb();
        const suggested: number[] = [];
        const open = centre === undefined ? [] : neighbours(centre).unseen;
        for (const neighbour of generator.split("neighbours").split(history.size).shuffle(open)) {
          if (suggested.length === count) break;
          // Two neighbours may compute the same function: the second is then seen.
          const architecture = admit(history, neighbour);
          if (architecture === undefined) continue;
          history.propose(architecture);
          suggested.push(architecture);
        }
        for (const start of proposeAtRandom(history, count - suggested.length, generator.split("start"))) {
          starts.push(history.positionOf(start)!);
          suggested.push(start);
        }
        return suggested;
      },
      observe(observations) {
        const known = history.size;
        history.observe(observations);
        // What was not suggested here (warm start) is as good a start as a random draw.
        for (let position = known; position < history.size; position++) starts.push(position);
      },
      state: () => ({ history: history.state(), centre: centre ?? null, starts: [...starts] }),
    };
  },
};
