import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AssayError } from "./errors.js";
import { defineOptions, describeOptions, readOptions } from "./options.js";

const schema = defineOptions({
  penalty: z.number().min(0).default(1).describe("L2 penalty"),
  rounds: z.number().int().min(1).default(100).describe("How many rounds"),
  scale: z.enum(["linear", "log"]).default("linear").describe("Scale of the axis"),
  released: z.boolean().default(false).describe("As published"),
});

function errorOf(action: () => unknown): AssayError {
  try {
    action();
  } catch (error) {
    if (error instanceof AssayError) return error;
  }
  throw new Error("no AssayError was thrown");
}

describe("readOptions", () => {
  it("fills in defaults and keeps what is given", () => {
    expect(readOptions("ridge", schema, {})).toEqual({ penalty: 1, rounds: 100, scale: "linear", released: false });
    expect(readOptions("ridge", schema, { penalty: 0, scale: "log" })).toMatchObject({ penalty: 0, scale: "log" });
  });

  it("names owner, option and value of a mistake", () => {
    const error = errorOf(() => readOptions("predictor ridge", schema, { penalty: -1 }));
    expect(error.code).toBe("bad-option");
    expect(error.message).toContain('"penalty"');
    expect(error.message).toContain("predictor ridge");
    expect(error.message).toContain("-1");
    expect(error.message).toBe('Option "penalty" of predictor ridge: expected at least 0, got -1.');
    expect(error.hint).toBe("penalty: L2 penalty (default: 1).");
    expect(errorOf(() => readOptions("ridge", schema, { rounds: "many" })).message).toContain(
      'expected a number, got "many"',
    );
    expect(errorOf(() => readOptions("ridge", schema, { rounds: 1.5 })).message).toContain("a whole number, got 1.5");
    expect(errorOf(() => readOptions("ridge", schema, { scale: "cubic" })).message).toContain(
      'expected linear or log, got "cubic"',
    );
    for (const values of [{ rounds: 1.5 }, { rounds: "many" }, { scale: "cubic" }, { released: 1 }]) {
      expect(errorOf(() => readOptions("ridge", schema, values)).code).toBe("bad-option");
    }
  });

  it("suggests the option that was meant", () => {
    const error = errorOf(() => readOptions("ridge", schema, { penlty: 1 }));
    expect(error).toMatchObject({ code: "unknown-option", hint: 'Did you mean "penalty"?' });
    expect(error.message).toContain('"penlty"');
    const none = errorOf(() => readOptions("random", defineOptions({}), { penalty: 1 }));
    expect(none.hint).toBe("random has no options.");
  });
});

describe("describeOptions", () => {
  it("lists name, type, default and description", () => {
    expect(describeOptions(schema)).toEqual([
      { name: "penalty", type: "number", default: 1, description: "L2 penalty" },
      { name: "rounds", type: "integer", default: 100, description: "How many rounds" },
      { name: "scale", type: "linear | log", default: "linear", description: "Scale of the axis" },
      { name: "released", type: "boolean", default: false, description: "As published" },
    ]);
    expect(describeOptions(defineOptions({}))).toEqual([]);
  });
});
