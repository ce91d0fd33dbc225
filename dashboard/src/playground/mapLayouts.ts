import { benchmarkFromPack, openPack } from "../../../src/benchmark/index.js";
import { createGenerator } from "../../../src/random/index.js";
import { createBreath } from "../../../src/view/map/breath.js";
import { mapEncoding } from "../../../src/view/map/fits.js";
import { type Layout, layOut } from "../../../src/view/map/layout.js";
import { layoutKey } from "../../../src/view/map/layoutKey.js";
import { choosePoints } from "../../../src/view/map/points.js";

/** The UMAP layout of a pack's space under the key that its map asks for; run when the playground is built. */
export async function layOutPackMap(path: string): Promise<Readonly<Record<string, Layout>>> {
  const { space } = benchmarkFromPack(openPack(path));
  const encoding = mapEncoding(space);
  if (encoding === undefined) return {};
  const breathe = createBreath(undefined);
  const { rows } = await choosePoints(space, encoding, breathe);
  const layout = await layOut(rows, "UMAP", createGenerator("map").split("UMAP"), breathe);
  return { [await layoutKey(rows, "UMAP")]: layout };
}
