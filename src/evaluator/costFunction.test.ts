import { expect, it } from "vitest";
import { createNasBench201, parseLimit, restrictSpace } from "../space/index.js";
import { type CostFunction, costsOfFunction } from "./costFunction.js";

const space = createNasBench201();

it("tells costs that limit a space", () => {
  const tell: CostFunction = ({ architecture, parameters, cost }) => ({
    latency: cost!["flops"] / 1e7,
    words: architecture.length,
    first: parameters!["0->1"] === "none" ? 0 : Number.NaN,
  });
  const costs = costsOfFunction(space, tell, { units: { latency: "ms" } });
  expect(costs.metrics).toEqual([
    { name: "latency", unit: "ms" },
    { name: "words", unit: "" },
    { name: "first", unit: "" },
  ]);
  expect(restrictSpace(space, { limits: [parseLimit("latency<=0.0035s")], costs }).size).toBe(4096n);
  expect(restrictSpace(space, { limits: [parseLimit("first<=1")], costs }).size).toBe(3125n);
});

it.each<[string, unknown, RegExp]>([
  ["nothing", () => undefined, /gives nothing for \|/],
  ["a number", () => 3, /gives a number for/],
  ["no costs", () => ({}), /gives no costs/],
  ["a text", () => ({ latency: "3 ms" }), /gives a string as latency/],
  ["a promise", async () => ({ latency: 3 }), /are a promise/],
  ["an error", () => JSON.parse("x"), /fail for \|/],
])("refuses %s", (_, tell, message) => {
  expect(() => costsOfFunction(space, tell as CostFunction, { name: "costs.mjs" })).toThrow(message);
});

it("refuses units of costs that there are not, and costs that are missing later", () => {
  expect(() => costsOfFunction(space, () => ({ a: 1 }), { units: { b: "ms" } })).toThrow(/a unit for "b"/);
  let asked = 0;
  const costs = costsOfFunction(space, () => (asked++ === 0 ? { a: 1 } : ({} as Record<string, number>)));
  expect(() => restrictSpace(space, { limits: [parseLimit("a<=1")], costs })).toThrow(/gives no a for \|/);
});
