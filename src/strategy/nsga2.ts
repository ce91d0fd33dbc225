import { z } from "zod";
import { defineOptions, readOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import { crowdingDistance } from "../stats/crowdingDistance.js";
import { paretoFront } from "../stats/paretoFront.js";
import type { Objective, StrategyDefinition } from "./contract.js";
import { createHistory, historyStateSchema } from "./history.js";
import { createObjectiveValues, objectiveValuesStateSchema } from "./objectiveValues.js";
import { readState } from "./state.js";
import { admit, proposeAtRandom } from "./unseen.js";

/** Children in a row that were seen before, after which a random architecture is drawn. */
const KNOWN_CHILDREN = 100;

const options = defineOptions({
  population: z
    .int()
    .min(2)
    .default(20)
    .describe("Architectures that may become parents, and random ones at the start; published with 100"),
});

const stateSchema = z.strictObject({ history: historyStateSchema, values: objectiveValuesStateSchema });

/** An architecture that may become a parent. */
interface Member {
  readonly architecture: number;
  /** 0 for the front of all, 1 for the front of the others, … */
  readonly front: number;
  /** How much room it has in its front. */
  readonly room: number;
}

const label: Objective = { name: "accuracy", direction: "maximise", unit: "" };

/**
 * NSGA-II (Deb et al. 2002): the population is the best of all evaluated by non-dominated sorting, and within the last front that fits
 * by crowding distance; parents win binary tournaments by the same order. Spaces here know how to mutate but not how to cross two
 * architectures, so that children are mutations. A child may come before its whole generation is evaluated.
 */
export const nsga2Definition: StrategyDefinition = {
  name: "nsga2",
  description: "NSGA-II: mutate the least dominated, and among equals those with most room on the front",
  source: "Deb et al., A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II, 2002; without crossover",
  options,
  severalObjectives: true,
  batch: () => 10,
  create({ catalogue, generator, objectives = [label] }, given, state) {
    const { space } = catalogue;
    const { population } = readOptions("strategy nsga2", options, given);
    const restored = readState("nsga2", stateSchema, state);
    const history = createHistory(catalogue, restored?.history);
    const values = createObjectiveValues(catalogue, objectives, restored?.values);

    /** The population, best front first. */
    function survivors(): Member[] {
      let left = history.results().map(({ architecture, label }) => ({
        architecture,
        point: values.point(architecture, label),
      }));
      const members: Member[] = [];
      const directions = objectives.map(() => "maximise" as const);
      for (let front = 0; left.length > 0 && members.length < population; front++) {
        const places = paretoFront(
          left.map(({ point }) => point),
          directions,
        );
        if (places.length === 0) break;
        const found = places.map((place) => left[place]);
        const room = crowdingDistance(found.map(({ point }) => point));
        const ranked = found.map(({ architecture }, i): Member => ({ architecture, front, room: room[i] }));
        // The sort keeps the order of suggestion among equals.
        ranked.sort((a, b) => compare(b.room, a.room));
        members.push(...ranked.slice(0, population - members.length));
        const isFound = new Set(places);
        left = left.filter((_, place) => !isFound.has(place));
      }
      return members;
    }

    function nextChild(members: readonly Member[], dice: Generator): number | undefined {
      for (let attempt = 0; attempt < KNOWN_CHILDREN && members.length > 0; attempt++) {
        const [first, second = first] = dice
          .choose(Math.min(2, members.length), members.length)
          .map((place) => members[place]);
        const wins = first.front - second.front || compare(second.room, first.room);
        const { architecture } = wins <= 0 ? first : second;
        const child = admit(history, space.mutate(catalogue.at(architecture), dice));
        if (child !== undefined) return child;
      }
      return undefined;
    }

    return {
      async suggest(count) {
        const initial = Math.min(count, population - history.size);
        const suggested = proposeAtRandom(history, initial, generator.split("initial"));
        const members = suggested.length < count ? survivors() : [];
        while (suggested.length < count) {
          const child = nextChild(members, generator.split("child").split(history.size));
          if (child !== undefined) {
            history.propose(child);
            suggested.push(child);
          } else {
            const [fresh] = proposeAtRandom(history, 1, generator.split("fresh"));
            if (fresh === undefined) break;
            suggested.push(fresh);
          }
        }
        return suggested;
      },
      observe: (observations) => history.observe(values.take(observations)),
      state: () => ({ history: history.state(), values: values.state() }),
    };
  },
};

/** A difference that infinite numbers have too. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
