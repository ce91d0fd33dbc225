import { expect, test } from "vitest";
import { drawArchitectureText } from "./architectureText.js";

test("draws what the text alone tells", () => {
  const cell = "|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|none~1|nor_conv_3x3~2|";
  expect(drawArchitectureText(cell).join("\n")).toContain("conv 3x3");
  expect(drawArchitectureText("kernel=3,depth=2")).toEqual(["kernel  3", "depth   2"]);
  expect(drawArchitectureText("7:100010100101010100101:I13M31O").join("\n")).toContain("input");
  expect(drawArchitectureText("split~0|split~1|expand~1,2|atten~2|none~3,4|output~5").join("\n")).toContain("expand");
});

test("gives nothing for text of other spaces", () => {
  expect(drawArchitectureText("something else")).toEqual([]);
  expect(drawArchitectureText("7:10:I")).toEqual([]);
  expect(drawArchitectureText("a~1|b~2|c~9")).toEqual([]);
  expect(drawArchitectureText("")).toEqual([]);
});
