import { describe, expect, test } from "vitest";
import { createGenerator } from "../../random/index.js";
import { createCatalogue } from "../../space/catalogue.js";
import { createNasBench101, createNasBench201 } from "../../space/index.js";
import { createGridSpace } from "../conformanceSpace.js";
import { createHistory } from "../history.js";
import { drawTwins, withoutTwins } from "./twins.js";

const cells = createCatalogue(createNasBench201());
const numberOf = (text: string): number => cells.find(cells.space.parse(text));
/** Edges 3, 4 and 5 lead to the output; what stands before a zero changes nothing, but a convolution there costs something. */
const single = numberOf("|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|");
const twin = numberOf("|skip_connect~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|");
const costlier = numberOf("|nor_conv_1x1~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|");

function keyOf(id: number): string {
  const { distinct, views } = cells.space;
  const costs = new Float64Array(views.cost!.metrics.length);
  views.cost!.write(cells.at(id), costs);
  return `${distinct!(cells.at(id)).join()} at ${costs.join()}`;
}

const keys = new Set(Array.from({ length: cells.size }, (_, id) => keyOf(id)));

describe("entries without twins", () => {
  test("are one by lot of those that compute the same at the same costs", () => {
    expect(keyOf(twin)).toBe(keyOf(single));
    expect(keyOf(costlier)).not.toBe(keyOf(single));
    const history = createHistory(cells);
    const draw = (seed: number) => drawTwins(cells, withoutTwins(history)!, createGenerator(seed));
    expect(draw(1)).toHaveLength(keys.size);
    expect(new Set(Array.from(draw(1), keyOf))).toEqual(keys);
    expect(draw(1)).toEqual(draw(1));
    const standsFor = (seed: number) => draw(seed).find((id) => keyOf(id) === keyOf(single));
    expect(new Set(Array.from({ length: 20 }, (_, seed) => standsFor(seed))).size).toBeGreaterThan(5);
  });

  test("are none of what is known, evaluated or pending, nor its twins, but what costs more or less", () => {
    const history = createHistory(cells);
    history.propose(single);
    const left = new Set(Array.from(withoutTwins(history)!, keyOf));
    expect(left.size).toBe(keys.size - 1);
    expect(left.has(keyOf(twin))).toBe(false);
    expect(left.has(keyOf(costlier))).toBe(true);
  });

  test("are all that is unknown where no two compute the same", () => {
    const history = createHistory(createCatalogue(createGridSpace(3, 4, true)));
    history.propose(5);
    const expected = [...Array(64).keys()].filter((id) => id !== 5);
    const left = withoutTwins(history)!;
    expect([...left]).toEqual(expected);
    expect(drawTwins(history.catalogue, left, createGenerator(1))).toEqual(left);
  });

  test("are not asked for in a space that says so itself", () => {
    const history = createHistory(createCatalogue(createNasBench101()));
    expect(withoutTwins(history)).toBeUndefined();
  });
});
