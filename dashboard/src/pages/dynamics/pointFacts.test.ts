import { expect, test } from "vitest";
import { createFixture, hostileName } from "../../../fixtures/fixtureSource.js";
import { ViewProblem } from "../../sources/viewProblem.js";
import { mapState } from "./mapState.js";
import { type PointSources, pointFacts, targetOf } from "./pointFacts.js";

const source = createFixture();

async function sourcesAt(decision: number, read: PointSources["points"]["read"]): Promise<PointSources> {
  const view = await source.study(hostileName);
  const trials = await source.trials(hostileName, 0, 1000);
  const map = await source.map(hostileName, "UMAP");
  const frame = await source.frame(hostileName, "UMAP", decision);
  const state = mapState(map, trials, view.quantities[0].name, decision, frame);
  const excluded = new Set(map.excluded);
  const points = { read, readAll: async () => [] };
  return { view, trials, map, frame, state, decision, points, isExcluded: (point) => excluded.has(point) };
}

const cheap = { architecture: "|none~0|", costs: { FLOPs: 8e6, parameters: 73_306, latency: null } };

test("an evaluated point is its trial, which says what it is without being asked for", async () => {
  const sources = await sourcesAt(3, () => {
    throw new Error("was asked for");
  });
  const facts = pointFacts(sources.state.best!, sources);
  const number = sources.map.trial[sources.state.best!];
  expect(facts.title).toBe(`Trial ${number}, the best so far`);
  expect(facts.architecture).toBe(sources.trials.architecture[number]);
  expect(facts.values.map(([name]) => name)).toEqual([
    ...["validation accuracy", "predicted after decision 3", "FLOPs", "parameters", "latency"],
  ]);
  expect(facts.href).toMatch(new RegExp(`/trial/${number}$`));
  const failed = pointFacts(sources.state.failed[0], sources);
  expect(failed.values[0]).toEqual(["validation accuracy", "failed"]);
});

test("a point that a later decision suggests is none yet", async () => {
  const sources = await sourcesAt(2, () => undefined);
  const point = sources.map.trial.findIndex((number) => number >= 0 && sources.trials.decision[number] === 5);
  const facts = pointFacts(point, sources);
  expect(facts).toMatchObject({ isTrial: false, number: sources.map.trial[point], href: undefined });
  expect(facts.title).toMatch(/ot evaluated yet: trial \d+ later$/);
  expect(facts.values[0][0]).toBe("predicted after decision 2");
});

test("others are asked for, and say which limits they break", async () => {
  const asked: number[] = [];
  const sources = await sourcesAt(2, (point) => {
    asked.push(point);
    return point === 0 ? cheap : { ...cheap, costs: { FLOPs: 90e6 } };
  });
  const open = sources.map.trial.findIndex((number, point) => number < 0 && point > 0);
  const far = sources.map.excluded!.find((point) => sources.map.trial[point] < 0)!;
  expect(pointFacts(open, { ...sources, points: { ...sources.points, read: () => cheap } })).toMatchObject({
    ...{ title: "Not evaluated", architecture: "|none~0|", broken: [], number: undefined },
  });
  const facts = pointFacts(far, sources);
  expect(asked).toEqual([far]);
  expect(facts.title).toBe("Outside of the limits");
  expect(facts.broken).toEqual(["FLOPs must be at most 60 M MAC"]);
  expect(targetOf(facts, 3, 4)).toMatchObject({ x: 3, y: 4, title: "Outside of the limits" });
  expect(targetOf(facts, 3, 4).lines!.slice(-2)).toEqual(["FLOPs must be at most 60 M MAC", "|none~0|"]);
});

test("what is not there says why, or nothing while it is on its way", async () => {
  const problem = new ViewProblem("This report does not say");
  const sources = await sourcesAt(2, () => problem);
  const point = sources.map.trial.indexOf(-1);
  expect(pointFacts(point, sources)).toMatchObject({ architecture: undefined, problem });
  const waiting = await sourcesAt(2, () => undefined);
  expect(pointFacts(point, waiting)).toMatchObject({ architecture: undefined, problem: undefined });
});
