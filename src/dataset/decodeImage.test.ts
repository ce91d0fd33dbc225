import { encode } from "fast-png";
import { expect, test } from "vitest";
import { AssayError } from "../errors.js";
import { decodeImage } from "./decodeImage.js";
import { type PngContents, pngFile } from "./fixtures/writeImages.js";

const decoded = (contents: PngContents): number[] => [...decodeImage(pngFile(contents), "x.png").pixels];

test("every colour type and depth", () => {
  expect(decoded({ width: 2, height: 1, rows: [[3, 250]] })).toEqual([3, 250]);
  expect(
    decoded({
      width: 10,
      height: 2,
      depth: 1,
      rows: [
        [0b10100000, 0b01000000],
        [1, 128],
      ],
    }),
  ).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0].map((bit) => 255 * bit));
  expect(decoded({ width: 3, height: 1, depth: 2, rows: [[0b00011011]] })).toEqual([0, 85, 170]);
  expect(decoded({ width: 3, height: 1, depth: 4, rows: [[0x0f, 0x30]] })).toEqual([0, 255, 51]);
  expect(decoded({ width: 2, height: 1, depth: 16, rows: [[1, 255, 200, 0]] })).toEqual([1, 200]);
  expect(decoded({ width: 2, height: 1, colourType: 2, rows: [[1, 2, 3, 4, 5, 6]] })).toEqual([1, 4, 2, 5, 3, 6]);
  expect(decoded({ width: 2, height: 1, colourType: 4, rows: [[100, 255, 100, 51]] })).toEqual([100, 20]);
  expect(decoded({ width: 1, height: 1, colourType: 6, rows: [[10, 20, 30, 0]] })).toEqual([0, 0, 0]);
  const palette = [1, 2, 3, 40, 50, 60];
  expect(decoded({ width: 2, height: 1, colourType: 3, palette, rows: [[1, 0]] })).toEqual([40, 1, 50, 2, 60, 3]);
  expect(
    decoded({ width: 3, height: 2, depth: 1, colourType: 3, palette, transparency: [255, 0], rows: [[0x40], [0x80]] }),
  ).toEqual([1, 0, 1, 0, 1, 1, 2, 0, 2, 0, 2, 2, 3, 0, 3, 0, 3, 3]);
  expect(
    decodeImage(encode({ width: 2, height: 2, channels: 1, data: Uint8Array.of(9, 8, 7, 6) }), "x").pixels,
  ).toEqual(Uint8Array.of(9, 8, 7, 6));
});

test("what travels along is not unpacked", () => {
  const extras = { iCCP: Uint8Array.of(1, 2, 3), tEXt: Uint8Array.of(0) };
  expect(decoded({ width: 1, height: 1, rows: [[5]], extras })).toEqual([5]);
});

test("damage and absurd sizes are refused with the name of the file", () => {
  const good = pngFile({
    width: 2,
    height: 2,
    rows: [
      [1, 2],
      [3, 4],
    ],
  });
  for (let length = 0; length < good.length; length++) {
    expect(() => decodeImage(good.subarray(0, length), "x.png"), `cut to ${length}`).toThrow(AssayError);
  }
  for (let i = 0; i < good.length; i++) {
    const damaged = Uint8Array.from(good);
    damaged[i] ^= 0x55;
    expect(() => decodeImage(damaged, "x.png"), `byte ${i}`).toThrow(/^x\.png /);
  }
  expect(() => decoded({ width: 5000, height: 1, rows: [[1]] })).toThrow(/is 5000 x 1; the largest side/);
  expect(() => decoded({ width: 0, height: 1, rows: [[1]] })).toThrow(/makes no sense/);
  expect(() => decoded({ width: 4, height: 4, rows: [[1, 2, 3, 4]] })).toThrow(/cannot be decoded/);
  const noise = Array.from({ length: 9000 }, (_, i) => (i * i * 7919) >> 3);
  expect(() => decoded({ width: 1, height: 1, rows: [noise] })).toThrow(/more than its size explains/);
});
