import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { CompareView, TrialColumns } from "../../../src/view/contract.js";
import type { FigureFile, StudyFigures } from "../../../src/view/figures/contract.js";
import { createFixture, hostileName } from "../../fixtures/fixtureSource.js";
import { createFigureWriter } from "./figureWriter.js";

const styles = ["theme", "page", "figures", "dynamics"]
  .map((name) => readFileSync(new URL(`../styles/${name}.css`, import.meta.url), "utf8"))
  .join("\n");
const writer = createFigureWriter(styles);
const fixture = createFixture();
/** Few trials and points, so that the pictures stay small. */
const trialsShown = 60;
const pointsShown = 400;

async function study(name: string): Promise<StudyFigures> {
  const view = await fixture.study(name);
  const trials = await fixture.trials(name, 0, trialsShown);
  const improvements = view.improvements.filter(({ number }) => number < trialsShown);
  const last = improvements.at(-1);
  const quality = view.quality.slice(0, trials.decision.at(-1));
  const best = last && (await fixture.trial(name, last.number));
  return { view: { ...view, improvements, quality }, trials, ...(best === undefined ? {} : { best }) };
}

async function withMap(figures: StudyFigures): Promise<StudyFigures> {
  const { name } = figures.view.row;
  const map = await fixture.map(name, "UMAP");
  const decision = figures.trials.decision.at(-1)!;
  const frame = await fixture.frame(name, "UMAP", decision);
  const kept = map.trial
    .map((trial, point) => ({ trial, point }))
    .filter(
      ({ trial, point }) => (trial >= 0 && trial < trialsShown) || point % Math.ceil(map.x.length / pointsShown) === 0,
    )
    .map(({ point }) => point);
  const placeOf = new Map(kept.map((point, place) => [point, place]));
  const places = (points: readonly number[]) => points.flatMap((point) => placeOf.get(point) ?? []);
  return {
    ...figures,
    map: {
      map: {
        ...map,
        decisions: decision,
        x: kept.map((point) => map.x[point]),
        y: kept.map((point) => map.y[point]),
        trial: kept.map((point) => map.trial[point]),
        architectures: kept.map((point) => map.architectures![point]),
        ...(map.excluded === undefined ? {} : { excluded: places(map.excluded) }),
      },
      frame: {
        decision,
        predicted: kept.map((point) => frame.predicted![point]),
        candidates: places(frame.candidates),
      },
    },
  };
}

let usual: StudyFigures;
let limited: StudyFigures;
let comparison: CompareView;

beforeAll(async () => {
  usual = await withMap(await study("weaknas-1"));
  limited = await withMap(await study(hostileName));
  comparison = await fixture.compare(["weaknas-1", "weaknas-2", "weaknas-3", "random-1", "random-2"]);
});

/** With the last of the trials gone wrong, or all. */
function failing({ view, trials }: StudyFigures, count: number): StudyFigures {
  const cut = <Item>(list: readonly Item[]): readonly Item[] => list.slice(0, count);
  const none = trials.number.slice(0, count).map(() => null);
  const label = view.quantities[0].name;
  const failed: TrialColumns = {
    ...trials,
    ...{ number: cut(trials.number), architecture: cut(trials.architecture), decision: cut(trials.decision) },
    ...{ state: none.map(() => "failed" as const), predicted: none, doubt: none },
    values: Object.fromEntries(
      Object.entries(trials.values).map(([name, list]) => [name, name === label ? none : cut(list)]),
    ),
  };
  const { best: _, ...row } = view.row;
  const { randomSearch: __, ...rest } = view;
  return { view: { ...rest, row, improvements: [], quality: [] }, trials: failed };
}

/** With its first trial alone. */
function single({ view, trials, best }: StudyFigures): StudyFigures {
  const label = trials.values[view.quantities[0].name][0]!;
  const { randomSearch: _, ...rest } = view;
  const first = <Item>(list: readonly Item[]): readonly Item[] => list.slice(0, 1);
  return {
    view: { ...rest, improvements: [{ number: 0, label }], quality: [] },
    trials: {
      ...trials,
      ...{ number: [0], state: ["done"], architecture: first(trials.architecture), decision: [1] },
      ...{ predicted: [null], doubt: [null] },
      values: Object.fromEntries(Object.entries(trials.values).map(([name, list]) => [name, first(list)])),
    },
    best: {
      ...best!,
      number: 0,
      curves: { loss: [2] },
      drawing: {
        parameters: [
          { name: "depth", value: "4", isActive: true },
          {
            name: `a very long name of a parameter ${"and so on ".repeat(9)}`,
            value: "wide ".repeat(40),
            isActive: true,
          },
          { name: "groups", value: "8", isActive: false },
        ],
      },
    },
  };
}

/** Compares the pictures with those that were looked at; of some sets only those that differ from others. */
function sharply(files: readonly FigureFile[], set: string, chosen = /./): Promise<void>[] {
  return files.flatMap(({ name, svg }) =>
    svg === undefined || !chosen.test(name)
      ? []
      : [expect(svg).toMatchFileSnapshot(`__snapshots__/${set}/${name}.svg`)],
  );
}

// Look at a changed picture before you accept it: CONTRIBUTING.md says how.
test("figures of a study", async () => {
  const files = writer.study(usual);
  expect(writer.study(usual)).toEqual(files);
  expect(files.map(({ name }) => name)).toEqual([
    "weaknas-1-best-so-far",
    ...["flops", "parameters", "latency", "seconds"].map((cost) => `weaknas-1-validation-accuracy-against-${cost}`),
    "weaknas-1-predicted-against-measured",
    "weaknas-1-prediction-quality",
    `weaknas-1-trial-${usual.best!.number}-architecture`,
    ...["loss", "accuracy"].map((curves) => `weaknas-1-trial-${usual.best!.number}-${curves}`),
    "weaknas-1-umap-decision-5",
  ]);
  await Promise.all(sharply(files, "study"));
});

test("figures of a study with limits, failures and a hostile name", async () => {
  const files = writer.study(limited);
  await Promise.all(sharply(files, "limits", /flops|umap/));
  for (const { svg, csv, name } of files) {
    expect(name).toMatch(/^[a-z0-9-]+$/);
    expect(svg).not.toMatch(/<img|<script|\u202e/);
    expect(svg).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(csv).not.toMatch(/(?:^|,)[=+@]/m);
  }
});

test("figures of a study in which everything failed, and of a single trial", async () => {
  const failed = writer.study(failing(usual, 7));
  expect(failed.map(({ name }) => name)).toEqual(["weaknas-1-best-so-far"]);
  await Promise.all(sharply(failed, "failed"));
  await Promise.all(sharply(writer.study(single(usual)), "single", /best|flops|trial/));
});

test("figures of a comparison", async () => {
  const files = writer.comparison(comparison);
  expect(files.map(({ name, svg }) => [name, svg !== undefined])).toEqual([
    ["compare-best-so-far", true],
    ["compare-final", true],
    ["compare-queries-to-target", false],
  ]);
  await Promise.all(sharply(files, "compare"));
});

test("figures of many strategies with long names", async () => {
  const [first] = comparison.groups;
  const groups = Array.from({ length: 9 }, (_, index) => ({
    ...first,
    name: `weaknas:predictor=mlp(layers=${index},width=64),top=50,${"and another option,".repeat(1 + 2 * (index % 3))}`,
    curve: {
      ...first.curve,
      ...Object.fromEntries(
        (["low", "middle", "high"] as const).map((name) => [name, first.curve[name].map((value) => value - index)]),
      ),
    },
    final: first.final.map((value) => value - index),
  }));
  await Promise.all(sharply(writer.comparison({ ...comparison, groups }), "many"));
});

test("files need no style sheet, no font and no network", () => {
  for (const { svg } of [...writer.study(usual), ...writer.study(limited), ...writer.comparison(comparison)]) {
    if (svg === undefined) continue;
    expect(svg).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toMatch(/<title>[^<]+<\/title>\s*<desc>[^<]+<\/desc>/);
    expect(svg).not.toMatch(/var\(|color-mix|class=|style=|<style|href=|NaN|undefined/);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:/);
  }
});
