import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFixture } from "../../../fixtures/fixtureSource.js";
import { paretoFront } from "../../charts/paretoFront.js";
import { costFronts } from "./costFronts.js";

const source = createFixture();

describe("the front of a study", () => {
  test("is the one that it knows, in the order of the cost", async () => {
    const view = await source.study("weaknas-1");
    const trials = await source.trials("weaknas-1", 0, 1000);
    const cost = view.quantities[1];
    const { front, others } = costFronts(view, trials, cost);
    expect(front.length).toBeGreaterThan(3);
    expect(front).toEqual(
      paretoFront(trials.values[cost.name], trials.values["validation accuracy"], "minimise", "maximise"),
    );
    expect(others).toEqual([]);
    // What it says is taken, not worked out again; trials that are not loaded yet are left out.
    expect(costFronts({ ...view, front: [front[1], 5000] }, trials, cost).front).toEqual([front[1]]);
  });

  test("is found among the trials for other quantities", async () => {
    const view = { ...(await source.study("weaknas-1")), front: [] };
    const trials = await source.trials("weaknas-1", 0, 1000);
    expect(costFronts(view, trials, view.quantities[2]).front.length).toBeGreaterThan(3);
  });

  test("of three objectives is marked besides the front of two of them", async () => {
    const base = await source.study("weaknas-1");
    const columns = await source.trials("weaknas-1", 0, 1000);
    const objectives = ["validation accuracy", "FLOPs", "latency"];
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(210), { maxLength: 30 }), (front) => {
        const found = costFronts({ ...base, objectives, front }, columns, base.quantities[1]);
        expect(found.front).toEqual(costFronts(base, columns, base.quantities[1]).front);
        expect(found.others.every((place) => front.includes(place) && !found.front.includes(place))).toBe(true);
        const known = front.filter((place) => place < 200 && columns.values["validation accuracy"][place] !== null);
        const [xs, ys] = [columns.values["FLOPs"], columns.values["validation accuracy"]];
        const isCovered = (place: number) => found.front.some((one) => xs[one] === xs[place] && ys[one] === ys[place]);
        expect(new Set(found.others)).toEqual(new Set(known.filter((place) => !isCovered(place))));
      }),
    );
  });
});
