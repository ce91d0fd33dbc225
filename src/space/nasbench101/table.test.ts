import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { requireData } from "../../../test/data.js";
import { createNasBench101, nasBench101Hash } from "./space.js";

it("agrees with the published table: every cell, every hash, every number of parameters", {
  timeout: 300_000,
}, (context) => {
  const folder = requireData(context);
  const lines = gunzipSync(readFileSync(join(folder, "nasbench101", "nb101_main.csv.gz")))
    .toString("latin1")
    .trimEnd()
    .split("\n");
  expect(lines[0].split(",").slice(0, 4)).toEqual(["module_hash", "n_nodes", "adj_upper", "ops"]);
  const rows = new Map<string, string>();
  for (let i = 1; i < lines.length; i++) rows.set(lines[i].slice(0, 32), lines[i]);
  expect(rows.size).toBe(423_624);

  const space = createNasBench101();
  const enumeration = space.enumeration!;
  expect(enumeration.size).toBe(423_624);
  expect(space.size).toBe(423_624n);
  const cost = space.views.cost!;
  const values = new Float64Array(2);
  const cell = new Int32Array(space.genes);
  for (let index = 0; index < enumeration.size; index++) {
    enumeration.write(index, cell);
    const hash = nasBench101Hash(cell);
    const row = rows.get(hash);
    if (row === undefined) throw new Error(`cell ${index}: hash ${hash} is not in the table, or was met before`);
    rows.delete(hash);
    const [, vertices, edges, letters, , params] = row.split(",");
    cost.write(cell, values);
    if (values[1] !== Number(params)) throw new Error(`${hash}: ${values[1]} parameters instead of ${params}`);
    if (space.format(cell) !== `${vertices}:${edges}:${letters}`)
      throw new Error(`${hash}: another form than published`);
  }
  expect(rows.size).toBe(0);
});
