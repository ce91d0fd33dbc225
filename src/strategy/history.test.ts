import { describe, expect, it } from "vitest";
import { createCatalogue } from "../space/catalogue.js";
import { createGridSpace } from "./conformanceSpace.js";
import { createHistory, type HistoryState } from "./history.js";
import { keepObservations } from "./keep.js";
import { standardise, statisticsOf } from "./labelScale.js";
import { topAt } from "./topSchedule.js";

const catalogue = createCatalogue(createGridSpace(3, 3, true));

describe("history", () => {
  it("keeps results in the order of suggestion, whatever the order of arrival", () => {
    const history = createHistory(catalogue);
    for (const architecture of [5, 3, 8]) history.propose(architecture);
    history.observe([{ architecture: 8, label: 1 }]);
    history.observe([
      { architecture: 5, label: 2 },
      { architecture: 20, label: 4 },
    ]);
    expect(history.results().map(({ architecture }) => architecture)).toEqual([5, 8, 20]);
    expect(history.results(2).map(({ architecture }) => architecture)).toEqual([8, 20]);
    expect(history.label(3)).toBeUndefined();
    expect(history.has(3)).toBe(true);
    expect(history.size).toBe(4);
    expect(history.best).toBe(4);
  });

  it("leaves failures out of the results but knows them", () => {
    const history = createHistory(catalogue);
    history.observe([
      { architecture: 1, label: Number.NaN },
      { architecture: 2, label: Number.NEGATIVE_INFINITY },
    ]);
    expect(history.results()).toEqual([]);
    expect(history.best).toBe(Number.NEGATIVE_INFINITY);
    expect(history.label(2)).toBeNaN();
    expect(history.has(1)).toBe(true);
  });

  it("takes the newer label of an architecture observed twice", () => {
    const history = createHistory(catalogue);
    history.observe([{ architecture: 1, label: 3 }]);
    history.observe([{ architecture: 1, label: 2 }]);
    expect(history.results()).toEqual([{ architecture: 1, label: 2 }]);
    expect(history.size).toBe(1);
  });

  it("survives JSON: labels to the last bit, failures and pending ones", () => {
    const history = createHistory(catalogue);
    for (const architecture of [4, 7, 9, 11]) history.propose(architecture);
    history.observe([
      { architecture: 4, label: 0.1 + 0.2 },
      { architecture: 7, label: Number.NaN },
      { architecture: 9, label: -0 },
    ]);
    const state = JSON.parse(JSON.stringify(history.state())) as HistoryState;
    expect(state).toEqual({ architectures: [4, 7, 9, 11], labels: [0.1 + 0.2, null, 0, "pending"] });
    expect(createHistory(catalogue, state).state()).toEqual(history.state());
  });

  it("stores genes where numbers do not outlive the process", () => {
    const sampled = createCatalogue(createGridSpace(3, 3, false));
    sampled.idOf(Int32Array.of(0, 0, 0));
    const history = createHistory(sampled);
    history.propose(sampled.idOf(Int32Array.of(2, 1, 0)));
    expect(history.state().architectures).toEqual([[2, 1, 0]]);
    const elsewhere = createCatalogue(sampled.space);
    expect(createHistory(elsewhere, history.state()).at(0)).toBe(elsewhere.find(Int32Array.of(2, 1, 0)));
  });
});

describe("label policies", () => {
  const observations = [4, 1, 3, 2].map((label, architecture) => ({ architecture, label }));

  it("keep all, the best, or the latest, in their order", () => {
    expect(keepObservations(observations, "all", 2)).toEqual(observations);
    expect(keepObservations(observations, "best", 2).map(({ label }) => label)).toEqual([4, 3]);
    expect(keepObservations(observations, "latest", 2).map(({ label }) => label)).toEqual([3, 2]);
    expect(keepObservations(observations, "latest", 9)).toEqual(observations);
  });

  it("standardise with the statistics of what is known", () => {
    expect(statisticsOf(observations)).toEqual({ mean: 2.5, standardDeviation: Math.sqrt(1.25) });
    const standardised = standardise([4, 1, 3, 2], statisticsOf(observations));
    expect(standardised.reduce((sum, label) => sum + label)).toBeCloseTo(0, 12);
    expect(standardised.reduce((sum, label) => sum + label * label, 0)).toBeCloseTo(4, 12);
  });

  it("make equal labels zero instead of NaN", () => {
    const equal = [3, 3].map((label, architecture) => ({ architecture, label }));
    expect([...standardise([3, 3], statisticsOf(equal))]).toEqual([0, 0]);
  });
});

describe("schedule of N", () => {
  it("stays, falls in a line, or halves at equal distances", () => {
    const at = (schedule: "constant" | "linear" | "halving") =>
      [-5, 0, 25, 50, 75, 100, 1000].map((queries) => topAt({ schedule, top: 100, topEnd: 20, span: 100 }, queries));
    expect(at("constant")).toEqual([100, 100, 100, 100, 100, 100, 100]);
    expect(at("linear")).toEqual([100, 100, 80, 60, 40, 20, 20]);
    expect(at("halving")).toEqual([100, 100, 100, 50, 25, 20, 20]);
  });

  it("never grows", () => {
    expect(topAt({ schedule: "linear", top: 5, topEnd: 10, span: 10 }, 10)).toBe(5);
    expect(topAt({ schedule: "halving", top: 5, topEnd: 10, span: 10 }, 10)).toBe(5);
  });
});
