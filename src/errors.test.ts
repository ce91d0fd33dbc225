import { describe, expect, it } from "vitest";
import { AssayError, nearestName, suggestName } from "./errors.js";

describe("AssayError", () => {
  it("carries code, message, hint and cause", () => {
    const cause = new Error("disk");
    const error = new AssayError("bad-pack", "The pack cannot be read.", "Download it again.", { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "AssayError",
      code: "bad-pack",
      message: "The pack cannot be read.",
      hint: "Download it again.",
      cause,
    });
    expect(new AssayError("x", "y").hint).toBeUndefined();
  });
});

describe("nearestName", () => {
  const known = ["mlp", "ridge", "random-forest", "gradient-boosting"];

  it("forgives slips: exchanged, missing, additional and wrong letters, wrong case", () => {
    expect(nearestName("mpl", known)).toBe("mlp");
    expect(nearestName("rige", known)).toBe("ridge");
    expect(nearestName("random-forrest", known)).toBe("random-forest");
    expect(nearestName("gradeint-bosting", known)).toBe("gradient-boosting");
    expect(nearestName("RIDGE", known)).toBe("ridge");
  });

  it("does not guess where nothing is near", () => {
    expect(nearestName("transformer", known)).toBeUndefined();
    expect(nearestName("mlp", [])).toBeUndefined();
  });

  it("prefers the nearer of two", () => {
    expect(nearestName("abcdef", ["abcxyf", "abcdxf"])).toBe("abcdxf");
  });
});

describe("suggestName", () => {
  it("asks for the near one or lists all", () => {
    expect(suggestName("rdige", ["mlp", "ridge"])).toBe('Did you mean "ridge"?');
    expect(suggestName("transformer", ["mlp", "ridge"])).toBe("Known: mlp, ridge.");
  });
});
