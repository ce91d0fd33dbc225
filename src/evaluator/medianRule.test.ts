import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMedianRule } from "./medianRule.js";

const finished = [60, 70, 80, 90, 100].map((last) => ({ accuracy: [last - 20, last - 10, last], loss: [3, 2, 1] }));
const rule = createMedianRule({ after: 2 });

describe("median rule", () => {
  it("stops what is below the median of the running averages", () => {
    // Averages of the first two epochs: 45, 55, 65, 75, 85.
    expect(rule.judge(finished, { accuracy: [10, 64] })).toBe("stop");
    expect(rule.judge(finished, { accuracy: [10, 65] })).toBe("continue");
    expect(rule.judge(finished, { accuracy: [66, 1] })).toBe("continue");
  });

  it("waits for enough epochs and enough finished trials", () => {
    expect(rule.judge(finished, { accuracy: [0] })).toBe("continue");
    expect(rule.judge(finished.slice(1), { accuracy: [0, 0] })).toBe("continue");
    expect(rule.judge([...finished.slice(1), { loss: [1] }], { accuracy: [0, 0] })).toBe("continue");
    expect(rule.judge(finished, { loss: [9, 9] })).toBe("continue");
    expect(createMedianRule().judge(finished, { accuracy: [0, 0, 0, 0] })).toBe("continue");
  });

  it("knows that losses are good when they are small", () => {
    const losses = createMedianRule({ series: "train_loss", after: 1 });
    const others = Array.from({ length: 5 }, (_, i) => ({ train_loss: [i + 1] }));
    expect(losses.judge(others, { train_loss: [3.1] })).toBe("stop");
    expect(losses.judge(others, { train_loss: [3] })).toBe("continue");
    const turned = createMedianRule({ series: "train_loss", direction: "maximise", after: 1 });
    expect(turned.judge(others, { train_loss: [3.1] })).toBe("continue");
  });

  it("leaves epochs without a number out, and stops what never had one", () => {
    expect(rule.judge(finished, { accuracy: [Number.NaN, 70] })).toBe("continue");
    expect(rule.judge(finished, { accuracy: [Number.NaN, Number.NaN] })).toBe("stop");
    const withGaps = finished.map(({ accuracy }) => ({ accuracy: [Number.NaN, ...accuracy] }));
    expect(rule.judge(withGaps, { accuracy: [1, 61] })).toBe("continue");
  });

  it("does not depend on the order of the finished trials", () => {
    const curve = fc.record({ accuracy: fc.array(fc.float({ noNaN: true, min: 0, max: 100 }), { maxLength: 6 }) });
    fc.assert(
      fc.property(fc.array(curve, { maxLength: 9 }), curve, (curves, running) => {
        expect(rule.judge(curves.toReversed(), running)).toBe(rule.judge(curves, running));
      }),
    );
  });

  it("refuses counts that are none", () => {
    expect(() => createMedianRule({ after: 0 })).toThrow('Option "after" of the median rule');
    expect(() => createMedianRule({ least: 0.5 })).toThrow('Option "least" of the median rule');
  });
});
