import { expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "./catalogue.js";
import { createNasBench201 } from "./index.js";

const listed = createNasBench201();
const { enumeration: _listed, ...sampledOnly } = listed;

it("numbers a listed space by its indices", () => {
  const catalogue = createCatalogue(listed);
  expect(catalogue.size).toBe(15_625);
  const architecture = catalogue.at(77);
  expect(catalogue.idOf(architecture)).toBe(77);
  expect(catalogue.find(architecture)).toBe(77);
  expect(catalogue.find(new Int32Array(6).fill(9))).toBe(-1);
  expect(() => catalogue.idOf(new Int32Array(6).fill(9))).toThrow(/not an architecture of nasbench201/);
});

it("numbers a sampled space by first sight, and keeps what it saw", () => {
  const catalogue = createCatalogue(sampledOnly);
  const generator = createGenerator(1);
  const seen = Array.from({ length: 200 }, () => sampledOnly.sample(generator));
  const ids = seen.map((architecture) => catalogue.idOf(architecture));
  expect(catalogue.size).toBe(new Set(seen.map(String)).size);
  const kept = seen.map((architecture) => architecture.slice());
  for (const architecture of seen) architecture.fill(0);
  kept.forEach((architecture, i) => {
    expect(catalogue.find(architecture)).toBe(ids[i]);
    expect([...catalogue.at(ids[i])]).toEqual([...architecture]);
  });
  expect(catalogue.find(new Int32Array(6).fill(9))).toBe(-1);
  const buffer = new Int32Array(6);
  catalogue.write(0, buffer);
  expect([...buffer]).toEqual([...kept[0]]);
});
