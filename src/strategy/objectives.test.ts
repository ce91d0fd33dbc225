import { describe, expect, it } from "vitest";
import { createCatalogue } from "../space/catalogue.js";
import { createSpace } from "../space/index.js";
import { createGridSpace } from "./conformanceSpace.js";
import { readObjectives, valuesOf } from "./objectives.js";

const catalogue = createCatalogue(createSpace("nasbench201"));
const plain = createCatalogue(createGridSpace(3, 3, false));

function refusal(text: string, where = catalogue): string {
  try {
    readObjectives(text, where);
  } catch (error) {
    const { message, hint, code } = error as Error & { hint?: string; code?: string };
    expect(code).toBe("bad-objectives");
    return `${message} ${hint}`;
  }
  return "taken";
}

describe("readObjectives", () => {
  it("knows costs by number and by genes, and minimises them", () => {
    const [label, flops] = readObjectives("accuracy, flops", catalogue, { units: { label: "percent" } })!;
    expect(label).toEqual({ name: "accuracy", direction: "maximise", unit: "percent" });
    expect(flops).toMatchObject({ name: "flops", direction: "minimise", unit: "MAC" });
    const id = 4_321;
    expect(flops.known?.(id)).toBeGreaterThan(7e6);
    expect(flops.knownFor?.(catalogue.at(id))).toBe(flops.known?.(id));
    expect(flops.known?.(id)).toBe(flops.known?.(id));
  });

  it("takes measured objectives with their direction", () => {
    const objectives = readObjectives("label:max,latency:min,robust:max", plain, { units: { latency: "ms" } })!;
    expect(objectives.map(({ name, direction, unit }) => `${name} ${direction} ${unit}`)).toEqual([
      "accuracy maximise ",
      "latency minimise ms",
      "robust maximise ",
    ]);
    expect(objectives.every(({ known }) => known === undefined)).toBe(true);
    expect(readObjectives("accuracy,flops:max", catalogue)![1].direction).toBe("maximise");
  });

  it("takes the label alone for a search of one objective", () => {
    expect(readObjectives("accuracy", catalogue)).toBeUndefined();
  });

  it("says what is wrong", () => {
    expect(refusal("flops,accuracy")).toMatch(/first objective is the label, not flops.*accuracy,flops/);
    expect(refusal("accuracy,flosp")).toMatch(/flops, params.*Did you mean "flops".*flosp:min/);
    expect(refusal("accuracy,latency", plain)).toMatch(/names no costs.*latency:min/);
    expect(refusal("accuracy,flops,params,latency:min")).toMatch(/4 objectives.*at most 3/);
    expect(refusal("accuracy,flops,flops:min")).toMatch(/flops is named twice/);
    expect(refusal("accuracy,label")).toMatch(/comes first/);
    expect(refusal("accuracy:min,flops")).toMatch(/always maximised/);
    expect(refusal("accuracy,flops:down")).toMatch(/flops:down.*NAME:max/);
    expect(refusal("accuracy,,flops")).toMatch(/empty name/);
    expect(refusal("")).toMatch(/empty name/);
  });
});

describe("valuesOf", () => {
  const objectives = readObjectives("accuracy,flops,latency:min", catalogue)!;

  it("gives the label, the known cost and the measured metric", () => {
    const values = valuesOf(objectives, { architecture: 7, label: 91.2, metrics: { latency: 3.1, flops: 1 } });
    expect(values).toEqual([91.2, objectives[1].known?.(7), 3.1]);
  });

  it("says what is missing", () => {
    expect(valuesOf(objectives, { architecture: 7, label: 91.2 })).toMatch(/no number named latency/);
    expect(valuesOf(objectives, { architecture: 7, label: Number.NaN })).toMatch(/label NaN/);
    expect(valuesOf(objectives, { architecture: 7, label: 1, metrics: { latency: Number.NaN } })).toMatch(
      /NaN for the objective latency/,
    );
    const unknown = [objectives[0], { ...objectives[1], known: () => Number.NaN }];
    expect(valuesOf(unknown, { architecture: 7, label: 1 })).toMatch(/cost flops of this architecture is not known/);
  });
});
