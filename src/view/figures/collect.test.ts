import { expect, test } from "vitest";
import { createFixture } from "../../../dashboard/fixtures/fixtureSource.js";
import { AssayError } from "../../errors.js";
import { collectFigures } from "./collect.js";

const source = createFixture();

test("reads studies with all trials, the best one, and the map after the last decision", async () => {
  const asked: string[] = [];
  const { studies, comparisons, notes } = await collectFigures(source, ["weaknas-1", "random-1", "just-begun"], {
    onMap: (name) => asked.push(name),
  });
  expect(notes).toEqual([]);
  expect(asked).toEqual(["weaknas-1", "random-1"]);
  const [weak, random, begun] = studies;
  expect(weak.trials.number).toHaveLength(200);
  expect(weak.best?.number).toBe(weak.view.row.best?.number);
  expect(weak.map?.frame.decision).toBe(weak.map?.map.decisions);
  expect(random.map).toBeDefined();
  expect(begun).toMatchObject({ trials: { number: [] } });
  expect(begun.best).toBeUndefined();
  expect(begun.map).toBeUndefined();
  expect(comparisons).toHaveLength(1);
  expect(comparisons[0].groups.map(({ name }) => name)).toContain("random");
});

test("leaves maps out where nobody wants them, and says why one is missing", async () => {
  const { studies, notes } = await collectFigures(source, ["weaknas-1"], { map: false });
  expect(studies[0].map).toBeUndefined();
  expect(notes).toEqual([]);
  const without = { ...source, map: () => Promise.reject(new AssayError("no-map", "The space is gone.")) };
  expect((await collectFigures(without, ["weaknas-1"])).notes).toEqual([
    "The map of “weaknas-1” is left out: The space is gone.",
  ]);
});

test("ends where it is told to", async () => {
  await expect(collectFigures(source, ["weaknas-1"], { signal: AbortSignal.abort() })).rejects.toThrow();
});
