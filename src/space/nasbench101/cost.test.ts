import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { requireData } from "../../../test/data.js";
import { createNasBench101 } from "./space.js";

const space = createNasBench101();

function costOf(text: string): number[] {
  const values = new Float64Array(2);
  space.views.cost!.write(space.parse(text), values);
  return [...values];
}

it("costs what a count by hand gives", () => {
  const stem = 27 * 128;
  const classifier = 513 * 10;
  // The smallest cell is one projection: 128 -> 128 three times, 128 -> 256, 256 -> 256 twice, 256 -> 512, 512 -> 512 twice.
  const stacks = [3 * 128 * 128, 128 * 256 + 2 * 256 * 256, 256 * 512 + 2 * 512 * 512];
  const flops = 1024 * (stem + stacks[0]) + 256 * stacks[1] + 64 * stacks[2] + classifier;
  const normalisation = 2 * (128 + 3 * (128 + 256 + 512));
  expect(costOf("2:1:IO")).toEqual([flops, stem + stacks[0] + stacks[1] + stacks[2] + normalisation + classifier]);
  // A 3x3 convolution after the projection.
  const convolution = [128, 256, 512].map((channels) => 27 * channels * channels);
  expect(costOf("3:101:I3O")).toEqual([
    flops + 1024 * convolution[0] + 256 * convolution[1] + 64 * convolution[2],
    costOf("2:1:IO")[1] + convolution[0] + convolution[1] + convolution[2] + 2 * 3 * (128 + 256 + 512),
  ]);
});

/**
 * What NAS-Bench-Suite-Zero counts besides the multiply-accumulates: 3 for each element that is normalised and rectified,
 * and for each element that a pooling puts out as many as its window has.
 */
function countElementwise(letters: string, edges: ReadonlySet<string>): { operations: number; feeding: number } {
  const last = letters.length - 1;
  const interior = Array.from({ length: last - 1 }, (_, i) => i + 1);
  const feeding = interior.filter((v) => edges.has(`${v}${last}`));
  let operations = 3 * 128 * 1024 + 4 * 128 * 256 + 4 * 256 * 64;
  for (const [output, area] of [
    [128, 1024],
    [256, 256],
    [512, 64],
  ]) {
    const channels = new Map<number, number>([[last, output]]);
    feeding.forEach((v, rank) => {
      channels.set(v, Math.floor(output / feeding.length) + (rank < output % feeding.length ? 1 : 0));
    });
    for (const v of interior.toReversed()) {
      const widest = Math.max(...interior.filter((w) => edges.has(`${v}${w}`)).map((w) => channels.get(w) ?? 0));
      if (!channels.has(v)) channels.set(v, widest);
    }
    for (let v = 1; v <= last; v++) {
      const elements = 3 * area * channels.get(v)!;
      if (edges.has(`0${v}`)) operations += 3 * elements;
      if (v < last) operations += (letters[v] === "M" ? 9 : 3) * elements;
    }
  }
  return { operations, feeding: feeding.length };
}

it("agrees with the FLOPs of NAS-Bench-Suite-Zero once elementwise operations are added", (context) => {
  const folder = join(requireData(context), "nasbench101");
  const read = (file: string): string[][] =>
    gunzipSync(readFileSync(join(folder, file)))
      .toString("latin1")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
  const published = new Map(read("nb101_zerocost_suitezero_500.csv.gz").map((row) => [row[0], Number(row[2])]));
  let exact = 0;
  let rows = 0;
  for (const [hash, vertices, edges, letters] of read("nb101_main.csv.gz")) {
    const expected = published.get(hash);
    if (expected === undefined) continue;
    rows++;
    const pairs = new Set<string>();
    let place = 0;
    for (let i = 0; i < Number(vertices); i++) {
      for (let j = i + 1; j < Number(vertices); j++) if (edges[place++] === "1") pairs.add(`${i}${j}`);
    }
    const { operations, feeding } = countElementwise(letters, pairs);
    const counted = (costOf(`${vertices}:${edges}:${letters}`)[0] + operations) / 1e6;
    const difference = Math.abs(counted / expected - 1);
    if (difference < 1e-5) exact++;
    // Where three vertices share the channels unevenly, that source may have them in another order.
    else if (feeding !== 3 || difference > 0.02) throw new Error(`${hash}: ${counted} instead of ${expected}`);
  }
  // The file has 500 rows for 292 different cells.
  expect(rows).toBe(292);
  expect(exact).toBe(266);
});
