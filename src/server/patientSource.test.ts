import { expect, it } from "vitest";
import { createSampleViewSource } from "../../test/fixtures/sampleViewSource.js";
import { AssayError } from "../errors.js";
import type { ViewEvent } from "../view/contract.js";
import { createPatientSource } from "./patientSource.js";

it("waits for a file that is not there, and tells listeners when it is", async () => {
  const sample = createSampleViewSource();
  let isThere = false;
  const source = createPatientSource({
    seconds: 0.01,
    async open() {
      if (!isThere) throw new AssayError("no-storage", "There is no file.");
      return sample;
    },
  });
  expect(await source.studies()).toEqual([]);
  await expect(source.study("first")).rejects.toThrow("There is no file.");
  const first = await new Promise<ViewEvent>((resolve) => {
    source.listen(resolve);
    setTimeout(() => {
      isThere = true;
    }, 30);
  });
  expect(first).toEqual({ kind: "changed", studies: [] });
  expect(await source.studies()).toHaveLength(1);
  expect(sample.listeners).toBe(1);
});

it("says once what keeps a file from being opened, and stops when nobody listens", async () => {
  let tries = 0;
  const events: ViewEvent[] = [];
  const source = createPatientSource({
    seconds: 0.002,
    async open() {
      tries++;
      throw new AssayError("damaged", "The file is damaged.");
    },
  });
  await expect(source.studies()).rejects.toThrow("The file is damaged.");
  const stop = source.listen((event) => events.push(event));
  while (tries < 6) await new Promise((resolve) => setTimeout(resolve, 2));
  stop();
  expect(events).toEqual([{ kind: "trouble", message: "The file is damaged." }]);
  const before = tries;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(tries).toBeLessThanOrEqual(before + 1);
});

it("opens the file once", async () => {
  let opened = 0;
  const source = createPatientSource({
    async open() {
      opened++;
      return createSampleViewSource();
    },
  });
  await Promise.all([source.studies(), source.study("a"), source.compare(["a"])]);
  expect(opened).toBe(1);
});
