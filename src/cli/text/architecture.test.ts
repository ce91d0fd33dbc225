import { expect, test } from "vitest";
import { createNasBench101, createNasBench201 } from "../../space/index.js";
import { drawArchitecture } from "./architecture.js";

test("a cell with operations on its edges is a list of choices", () => {
  const space = createNasBench201();
  const cell = space.parse("|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|avg_pool_3x3~1|nor_conv_1x1~2|");
  expect(drawArchitecture(space, cell).map((line) => line.trim().split(/ +/).at(-1))).toEqual([
    "nor_conv_3x3",
    "none",
    "skip_connect",
    "none",
    "avg_pool_3x3",
    "nor_conv_1x1",
  ]);
});

test("a cell with operations on its vertices is drawn with the edges into each", () => {
  const space = createNasBench101();
  // input -> conv3x3 -> output, and input -> output
  const cell = Int32Array.of(3, 0b111, 0);
  expect(drawArchitecture(space, cell)).toEqual([
    "0 input",
    "1 conv3x3-bn-relu  from 0",
    "2 output           from 0, 1",
  ]);
});
