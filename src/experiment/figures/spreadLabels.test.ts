import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadLabels } from "./spreadLabels.js";

const at = (...centres: number[]) => centres.map((centre) => ({ centre, height: 10 }));

test("labels with room stay where they are", () => {
  expect(spreadLabels(at(80, 20, 50), 0, 100)).toEqual([80, 20, 50]);
});

test("labels that would touch stand around their middle", () => {
  expect(spreadLabels(at(50, 52), 0, 100)).toEqual([46, 56]);
  expect(spreadLabels(at(3, 3), 0, 100)).toEqual([5, 15]);
  expect(spreadLabels(at(100, 100, 100), 0, 100)).toEqual([75, 85, 95]);
});

test("never touch, keep their order, stay inside", () => {
  const label = fc.record({ centre: fc.integer({ min: 0, max: 400 }), height: fc.integer({ min: 5, max: 40 }) });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 10 }), (labels) => {
      const centres = spreadLabels(labels, 0, 400);
      const order = labels.map((_, i) => i).sort((a, b) => centres[a] - centres[b]);
      for (let i = 1; i < order.length; i++) {
        const [upper, lower] = [order[i - 1], order[i]];
        expect(centres[upper] + labels[upper].height / 2).toBeLessThanOrEqual(
          centres[lower] - labels[lower].height / 2 + 1e-9,
        );
        expect(labels[upper].centre).toBeLessThanOrEqual(labels[lower].centre);
      }
      for (const [i, { height }] of labels.entries()) {
        expect(centres[i]).toBeGreaterThanOrEqual(height / 2 - 1e-9);
        expect(centres[i]).toBeLessThanOrEqual(400 - height / 2 + 1e-9);
      }
    }),
  );
});
