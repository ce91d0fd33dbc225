import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { md5 } from "./md5.js";

it("agrees with another implementation for every length of message up to five blocks", () => {
  const message = new Uint8Array(512);
  const digest = new Int32Array(6);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 320 }), (bytes) => {
      message.fill(255);
      message.set(bytes);
      md5(message, bytes.length, digest, 1);
      const text = [...digest.subarray(1, 5)].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
      expect(text).toBe(createHash("md5").update(bytes).digest("hex"));
    }),
    { numRuns: 500 },
  );
});
