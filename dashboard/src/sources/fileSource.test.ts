import { describe, expect, test } from "vitest";
import { collectReport } from "../../../src/view/report/collect.js";
import type { ReportViews } from "../../../src/view/report/contract.js";
import { createFixture, hostileName } from "../../fixtures/fixtureSource.js";
import { createFileSource } from "./fileSource.js";

const fixture = createFixture();
const names = ["weaknas-1", "random-1", "random-2", hostileName];

async function reportOf(
  studies: readonly string[],
  options?: Parameters<typeof collectReport>[2],
): Promise<{ source: ReturnType<typeof createFileSource>; notes: readonly string[] }> {
  const { views, notes } = await collectReport(fixture, studies, options);
  // As a file holds them.
  const stored = JSON.parse(JSON.stringify(views)) as ReportViews;
  return { source: createFileSource(Promise.resolve(stored)), notes };
}

describe("a report of several studies", () => {
  test("shows the same studies, trials and comparisons as the storage", async () => {
    const { source } = await reportOf(names);
    const rows = await source.studies();
    expect(rows.map(({ name }) => name)).toEqual(names);
    for (const name of names) {
      const { folder: _, ...view } = await fixture.study(name);
      expect(await source.study(name)).toEqual(view);
      const trials = await fixture.trials(name, 0, 1000);
      expect(await source.trials(name, 0, 1000)).toEqual(trials);
      expect(await source.trials(name, 7, 3)).toEqual(await fixture.trials(name, 7, 3));
      expect((await source.trials(name, trials.number.length, 10)).number).toEqual([]);
      for (const number of trials.number) {
        const { log, curves, ...trial } = await fixture.trial(name, number);
        const { log: kept, curves: _, ...shown } = await source.trial(name, number);
        expect(shown).toEqual(trial);
        if (log === undefined || trial.state !== "failed") expect(kept).toBeUndefined();
        else expect(log.text.endsWith(kept!.text)).toBe(true);
      }
    }
    const compared = await source.compare(["random-1", "weaknas-1"]);
    const original = await fixture.compare(["weaknas-1", "random-1"]);
    expect(compared.groups.map(({ final }) => final)).toEqual(original.groups.map(({ final }) => final));
  });

  test("aims at another target", async () => {
    const { source } = await reportOf(["weaknas-1", "random-1"]);
    const aimed = await source.compare(["weaknas-1", "random-1"], 60);
    for (const group of aimed.groups) {
      const { improvements } = await source.study(group.studies[0]);
      expect(aimed.target).toBe(60);
      expect(group.queriesToTarget).toEqual([improvements.find(({ label }) => label >= 60)!.number + 1]);
    }
    const never = await source.compare(["weaknas-1", "random-1"], 1000);
    expect(never.groups.map(({ queriesToTarget }) => queriesToTarget)).toEqual([[null], [null]]);
  });

  test("says what it does not hold", async () => {
    const { source, notes } = await reportOf(["weaknas-1", "random-1"]);
    expect(notes).toContain("The map of “weaknas-1” is left out: only a report of a single study holds one.");
    await expect(source.study("nobody")).rejects.toThrow("This report holds no study “nobody”");
    await expect(source.trial("weaknas-1", 999_999)).rejects.toThrow("has no trial 999999");
    await expect(source.map("weaknas-1", "UMAP")).rejects.toThrow("is not in this report");
    await expect(source.compare(["weaknas-1", "nobody"])).rejects.toThrow("does not hold this comparison");
  });
});

describe("a report of one study", () => {
  test("holds a map, the colours of some decisions, and names the rest", async () => {
    const { source, notes } = await reportOf(["weaknas-1"], { mapRoom: { bytes: 200_000, seconds: 60 } });
    const map = await source.map("weaknas-1", "UMAP");
    expect(await source.points("weaknas-1", 15_620, 100)).toEqual(await fixture.points("weaknas-1", 15_620, 100));
    expect(map.x).toEqual((await fixture.map("weaknas-1", "UMAP")).x);
    const last = await source.frame("weaknas-1", "UMAP", map.decisions);
    expect(last.decision).toBe(map.decisions);
    const middle = await source.frame("weaknas-1", "UMAP", map.decisions - 1);
    expect(middle.decision).toBeLessThanOrEqual(map.decisions - 1);
    expect(notes.join()).toContain(`of its ${map.decisions} decisions`);
    await expect(source.map("weaknas-1", "t-SNE")).rejects.toThrow("the UMAP map only");
  });

  test("leaves out what stands at the points of a map where they would take most of its room", async () => {
    const { source } = await reportOf(["weaknas-1"], { mapRoom: { bytes: 130_000, seconds: 60 }, detailsRoom: 1000 });
    expect((await source.map("weaknas-1", "UMAP")).x).toHaveLength(15_625);
    await expect(source.points("weaknas-1", 0, 10)).rejects.toThrow("which architectures were not evaluated");
  });

  test("leaves out a map that is too large or too late", async () => {
    const small = await reportOf(["weaknas-1"], { mapRoom: { bytes: 10, seconds: 60 } });
    expect(small.notes).toEqual(["The map of “weaknas-1” is left out: it would make the file too large."]);
    const slow = { ...fixture, map: () => new Promise<never>(() => {}) };
    const { notes } = await collectReport(slow, ["weaknas-1"], { mapRoom: { bytes: 1e6, seconds: 0 } });
    expect(notes).toEqual(["The map of “weaknas-1” is left out: it takes more than 0 s to compute."]);
  });

  test("keeps the best trials and the front where there is no room for all", async () => {
    const { source, notes } = await reportOf(["weaknas-1"], { detailsRoom: 30_000 });
    const { row, front, improvements } = await source.study("weaknas-1");
    for (const number of [row.best!.number, ...front.slice(0, 3), improvements.at(-1)!.number])
      expect((await source.trial("weaknas-1", number)).drawing).toBeDefined();
    expect(notes[0]).toMatch(/^Of the 200 trials of “weaknas-1” the \d+ of most interest have a page of their own\.$/);
    const numbers = (await source.trials("weaknas-1", 0, 1000)).number;
    const outcomes = await Promise.allSettled(numbers.map((number) => source.trial("weaknas-1", number)));
    const refused = outcomes.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    expect(refused.length).toBeGreaterThan(0);
    expect(String(refused[0].reason)).toContain("only as a row of the table");
  });

  test("ends when it is told to", async () => {
    await expect(collectReport(fixture, ["weaknas-1"], { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
