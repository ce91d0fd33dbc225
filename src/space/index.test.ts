import { describe, expect, it } from "vitest";
import { AssayError } from "../errors.js";
import { describeOptions } from "../options.js";
import { createSpace, spaces } from "./index.js";

describe("the registry of spaces", () => {
  it("makes every space by name, every option documented", () => {
    for (const [name, { name: ownName, description, options }] of Object.entries(spaces)) {
      expect(ownName).toBe(name);
      expect(description).not.toBe("");
      for (const option of describeOptions(options)) expect(option.description).not.toBe("");
    }
    expect(createSpace("nasbench101").size).toBe(423_624n);
    expect(createSpace({ name: "nasbench201", options: { dataset: "imagenet16-120" } }).size).toBe(15_625n);
    expect(createSpace("nanobench:flopsLimit=35e6").size).toBe(4987n);
    expect(createSpace({ name: "nasbench201" }).name).toBe("nasbench201");
  });

  it("makes a user's space from its text", () => {
    const definition = "parameters: {kernel: [3, 5, 7], block: [conv, pool]}";
    const space = createSpace({ name: "choice", options: { definition, file: "folder/mine.yaml" } });
    expect(space.size).toBe(6n);
    expect(space.name).toBe("mine");
  });

  it("says what is wrong", () => {
    expect(() => createSpace("nasbench102")).toThrow(AssayError);
    expect(() => createSpace("nasbench102")).toThrow('no space "nasbench102"');
    expect(() => createSpace("choice")).toThrow(/needs its definition/);
    expect(() => createSpace("nasbench101:vertices=5")).toThrow(/no option "vertices"/);
  });
});
