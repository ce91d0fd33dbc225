import { expect, test } from "vitest";
import { encodeAll } from "../encoding/index.js";
import type { Matrix } from "../kernels/matrix.js";
import { createNasBench201 } from "../space/index.js";
import { encodeShared, reserveFeatures } from "./sharedFeatures.js";

const space = createNasBench201();

/** How many numbers differ; a matcher would take seconds for so many. */
function differences(a: Matrix, b: Matrix): number {
  expect([a.rows, a.columns]).toEqual([b.rows, b.columns]);
  let count = 0;
  for (let i = 0; i < a.data.length; i++) if (a.data[i] !== b.data[i]) count++;
  return count;
}

test("every encoding that fits has a place, filled at the first call and kept", () => {
  const features = reserveFeatures(space);
  for (const encoding of Object.keys(features)) {
    const first = encodeShared(space, features, encoding);
    expect(differences(first, encodeAll(space, encoding))).toBe(0);
    expect(first.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(encodeShared(space, features, encoding).data).toBe(first.data);
  }
  expect(Object.keys(features)).toContain("one-hot");
});

test("a failure leaves the place empty for the next thread", () => {
  const features = reserveFeatures(space);
  const broken = {
    ...space,
    enumeration: {
      ...space.enumeration!,
      write: () => {
        throw new Error("broken");
      },
    },
  };
  expect(() => encodeShared(broken, features, "one-hot")).toThrow("broken");
  expect(encodeShared(space, features, "one-hot").data[0]).toBe(encodeAll(space, "one-hot").data[0]);
});

test("without shared memory each thread encodes for itself", () => {
  expect(differences(encodeShared(space, {}, "one-hot"), encodeAll(space, "one-hot"))).toBe(0);
});
