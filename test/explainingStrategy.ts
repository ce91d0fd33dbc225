import { z } from "zod";
import { defineOptions } from "../src/options.js";
import type { StrategyDefinition } from "../src/strategy/contract.js";
import { createExplanations, explanationsStateSchema } from "../src/strategy/explanations.js";
import { createHistory, historyStateSchema } from "../src/strategy/history.js";
import { strategies } from "../src/strategy/index.js";
import { readState } from "../src/strategy/state.js";
import { proposeAtRandom } from "../src/strategy/unseen.js";
import { registerForFile } from "./registerForFile.js";

const options = defineOptions({
  place: z.int().min(1).default(1).describe("Which of the best labels is recommended"),
});
const stateSchema = z.strictObject({ history: historyStateSchema, explanations: explanationsStateSchema });

/** Random search that says something of each suggestion, and recommends one of the best labels: for tests of what is shown. */
export const explainingDefinition: StrategyDefinition = {
  name: "explaining",
  description: "Random search with opinions, for tests",
  source: "none",
  options,
  batch: () => 5,
  create({ catalogue, generator }, given, state) {
    const { place } = options.parse(given);
    const stored = readState("explaining", stateSchema, state);
    const history = createHistory(catalogue, stored?.history);
    const explanations = createExplanations(catalogue, stored?.explanations);
    return {
      async suggest(count) {
        const suggested = proposeAtRandom(history, count, generator.split("draw"));
        const mean = Math.max(0, history.best);
        for (const id of suggested) {
          const isFirst = history.positionOf(id)! < 5;
          if (isFirst) explanations.note(id, { reason: "start" });
          else
            explanations.note(id, {
              reason: "exploit",
              predicted: { mean, standardDeviation: 0.4 },
              detail: "A guess.",
            });
        }
        return suggested;
      },
      observe: (observations) => history.observe(observations),
      state: () => ({ history: history.state(), explanations: explanations.state() }),
      explain: explanations.of,
      async recommend() {
        const ranked = history.results().sort((a, b) => b.label - a.label);
        const chosen = ranked[place - 1];
        if (chosen === undefined) return undefined;
        const predicted = { mean: chosen.label - 0.05, standardDeviation: 0.11 };
        return { architecture: chosen.architecture, predicted, probabilityBest: 0.64 };
      },
    };
  },
};

/** Puts it into the registry of strategies for this test file. */
export function registerExplaining(): void {
  registerForFile<StrategyDefinition>(strategies, { explaining: explainingDefinition });
}
