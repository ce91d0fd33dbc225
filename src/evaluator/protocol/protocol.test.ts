import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEpochCurves } from "./epochCurves.js";
import { readLooseObject } from "./looseJson.js";
import { readMessage } from "./message.js";

describe("loose JSON", () => {
  it("reads what Python prints for numbers that are not finite, and leaves texts alone", () => {
    expect(
      readLooseObject(' {"a": NaN, "b": -Infinity, "c": Infinity, "d": "NaN, \\"Infinity", "e": {"f": [NaN]}}\r'),
    ).toEqual({
      a: Number.NaN,
      b: Number.NEGATIVE_INFINITY,
      c: Number.POSITIVE_INFINITY,
      d: 'NaN, "Infinity',
      e: { f: [Number.NaN] },
    });
  });

  it.each(["", "{", "{}x", "[1]", "12", "null", "{'a': 1}", '{"a": NaN', '{"NaN', "{NaN}", "epoch 1: loss NaN"])(
    "takes %j for ordinary output",
    (text) => {
      expect(readLooseObject(text)).toBeUndefined();
    },
  );

  it("reads whatever JSON can write, and never throws", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        expect(JSON.stringify(readLooseObject(JSON.stringify(object)))).toBe(JSON.stringify(object));
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void readLooseObject(`{"a":NaN,${text}}`)));
  });
});

describe("messages", () => {
  it("tells epochs, answers and everything else apart", () => {
    expect(readMessage({ epoch: 2, accuracy: 50, note: "warm", loss: null })).toEqual({
      kind: "epoch",
      epoch: 2,
      values: { accuracy: 50, loss: Number.NaN },
    });
    expect(readMessage({ accuracy: 93, test: 92, device: "cuda", sizes: [1] })).toEqual({
      kind: "answer",
      answer: { accuracy: 93, test: 92 },
    });
    expect(readMessage({ label: "good" })).toEqual({ kind: "answer", answer: { label: "good" } });
    expect(readMessage({ label: null })).toEqual({ kind: "answer", answer: { label: Number.NaN } });
    expect(readMessage({ level: "info" })).toBeUndefined();
  });

  it.each([0, -1, 1.5, "3", null, Number.NaN])("refuses the epoch %j", (epoch) => {
    expect(readMessage({ epoch })).toMatchObject({
      kind: "mistake",
      reason: expect.stringMatching(/whole number from 1/),
    });
  });

  it("keeps a hundred numbers of an object", () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`n${i}`, i]));
    const message = readMessage({ epoch: 1, ...many });
    expect(message?.kind === "epoch" && Object.keys(message.values)).toHaveLength(100);
  });
});

describe("curves", () => {
  it("puts epochs in order, whatever the order they come in, and fills gaps with NaN", () => {
    const collected = createEpochCurves();
    expect(collected.curves()).toBeUndefined();
    for (const [epoch, loss] of [
      [4, 1],
      [1, 3],
      [2, 2.5],
      [1, 2.9],
    ])
      collected.add({ epoch, values: { loss } });
    collected.add({ epoch: 2, values: { accuracy: 60 } });
    expect(collected.curves()).toEqual({ loss: [2.9, 2.5, Number.NaN, 1], accuracy: [Number.NaN, 60] });
    expect(collected.epochs).toBe(4);
  });

  it("is bounded", () => {
    const collected = createEpochCurves();
    for (let i = 0; i < 300; i++) collected.add({ epoch: 1, values: { [`n${i}`]: i } });
    collected.add({ epoch: 1e9, values: { n0: 1 } });
    expect(Object.keys(collected.curves()!)).toHaveLength(100);
    expect(collected.curves()!["n0"]).toEqual([0]);
  });

  it("holds names that objects have already", () => {
    const collected = createEpochCurves();
    collected.add({ epoch: 1, values: JSON.parse('{"__proto__": 1, "constructor": 2}') });
    expect(Object.entries(collected.curves()!)).toEqual([
      ["__proto__", [1]],
      ["constructor", [2]],
    ]);
  });
});
