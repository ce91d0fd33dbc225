import { expect, test } from "vitest";
import { encodeAll } from "../encoding/index.js";
import { createNasBench201 } from "../space/index.js";
import { encodeShared, reserveFeatures } from "./sharedFeatures.js";

const space = createNasBench201();

test("every encoding that fits has a place, filled at the first call and kept", () => {
  const features = reserveFeatures(space);
  for (const encoding of Object.keys(features)) {
    const first = encodeShared(space, features, encoding);
    expect(first.data).toEqual(encodeAll(space, encoding).data);
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
  expect(encodeShared(space, {}, "one-hot").data).toEqual(encodeAll(space, "one-hot").data);
});
