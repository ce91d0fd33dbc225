import type { BelievedValue } from "../../acquisition/expectedHypervolumeImprovement.js";
import { poolMeans } from "../../predictor/gaussian/poolMeans.js";
import { paretoFront } from "../../stats/paretoFront.js";
import type { History } from "../history.js";
import type { ObjectiveValues } from "../objectiveValues.js";
import { bestEvaluated } from "../pool.js";
import { type Candidate, type Judge, preferFeasible } from "./candidates.js";
import type { FittedFront } from "./frontModel.js";

/** By the expected hypervolume improvement. */
export function hypervolumeJudge(
  fitted: FittedFront,
  history: History,
  values: ObjectiveValues,
  noise: number,
  tellsTwins: boolean,
): Judge {
  const { label, others, cells, points } = fitted;
  const { process, feasibility } = label;

  /** The coordinate of an objective that is known without a measurement. */
  function knownAt(candidate: Candidate, place: number): number {
    return others[place].coordinate(values.known(candidate, place + 1) as number);
  }

  return {
    observations: process.count,
    tellsTwins,
    scores(features, candidateOf, rows) {
      const { mean, variance } = process.predict(features, rows);
      const chances = feasibility?.logChances(features, rows);
      const measured = others.map(({ model }) => model?.process.predict(features, rows));
      return mean.map((value, place) => {
        const row = rows === undefined ? place : rows[place];
        const candidate = candidateOf(row);
        const beliefs = measured.map((prediction, i): BelievedValue => {
          if (prediction === undefined) return { mean: knownAt(candidate, i), standardDeviation: 0 };
          return {
            mean: prediction.mean[place],
            standardDeviation: Math.sqrt(Math.max(0, prediction.variance[place])),
          };
        });
        const deviation = Math.sqrt(Math.max(0, variance[place]) + noise);
        const score = cells.logImprovement(value, deviation, beliefs) + (chances?.[place] ?? 0);
        return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
      });
    },
    // How far the mean lies above the front where the other objectives are as believed.
    async outlook(features, threads) {
      const means = await poolMeans(process, features, threads);
      const measured: (Float64Array | undefined)[] = [];
      for (const { model } of others) measured.push(model && (await poolMeans(model.process, features, threads)));
      const heights = means.map((mean, row) => {
        const height = cells.heightAt(measured.map((found, i) => found?.[row] ?? knownAt(row, i)));
        return mean - height;
      });
      return preferFeasible(heights, features, feasibility, threads);
    },
    // The front itself, from its best labels on; where it is small, the best labels besides.
    parents(count) {
      const directions = points[0].map(() => "maximise" as const);
      const members = paretoFront(points, directions).sort((a, b) => points[b][0] - points[a][0]);
      // Spread over the whole of it.
      const step = Math.max(1, members.length / count);
      const chosen = Array.from({ length: Math.min(count, members.length) }, (_, i) => members[Math.floor(i * step)]);
      const front = chosen.map((place) => history.catalogue.at(label.evaluated[place]));
      return front.length < count ? [...front, ...bestEvaluated(history, count - front.length)] : front;
    },
  };
}
