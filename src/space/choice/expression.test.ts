import { Parser } from "expr-eval-fork";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChoiceDefinition, createChoiceSpace } from "./index.js";

const parameters: ChoiceDefinition["parameters"] = {
  a: [2, 3, 4],
  b: [5, 7],
  E: [0.5, 1.5],
  constructor: ["conv", "pool"],
  on: [true, false],
  mixed: ["auto", 1, 2],
  maybe: { levels: [10, 20], when: { on: true } },
};

/** The value of an expression at one architecture. */
function valueAt(
  expression: string,
  at = "a=3,b=7,E=0.5,constructor=conv,on=false,mixed=auto",
  given: ChoiceDefinition["parameters"] = parameters,
): number {
  const space = createChoiceSpace({ parameters: given, cost: { value: expression } });
  const values = new Float64Array(1);
  space.views.cost!.write(space.parse(at), values);
  return values[0];
}

describe("values of expressions", () => {
  test.each<[string, number]>([
    ["a + b * 2", 17],
    ["(a + b) * 2", 20],
    ["b - a - 1", 3],
    ["b / 2 / 2", 1.75],
    ["b % a", 1],
    ["-a ^ 2", -9],
    ["2 ^ a ^ 2", 512],
    ["2 ^ -1", 0.5],
    ["a ^ 0", 1],
    ["4 ^ 0.5", 2],
    ["E * 2", 1],
    ["1e3 + .5", 1000.5],
    ["a < b ? 1 : 2", 1],
    ["a >= 3 and b <= 7 ? 1 : 2", 1],
    ["a > 3 or b > 5 ? 1 : 2", 1],
    ["not (a > 3) ? 1 : 2", 1],
    ["not on and a == 3 ? 1 : 2", 1],
    ["on ? 1 : 2", 2],
    ["a != 3 ? 1 : a == 3 ? 5 : 6", 5],
    ['constructor == "conv" ? 1 : 2', 1],
    ["constructor in ['pool'] ? 1 : 2", 2],
    ["a in [2, 3] ? 1 : 2", 1],
    ['mixed == "auto" ? 1 : 2', 1],
    ["mixed == 1 ? 1 : 2", 2],
    ["-a + 5", 2],
    ["abs(-a)", 3],
    ["ceil(E) + floor(E) + round(E + 1)", 3],
    ["sqrt(a + 1)", 2],
    ["exp(0) + log(1)", 1],
    ["log2(8) + log10(1000)", 6],
    ["min(a, b, 2) + max(a, b)", 9],
    ["maybe + 1", 1],
    ["active(maybe) ? maybe : -1", -1],
  ])("%s is %d", (expression, expected) => {
    expect(valueAt(expression)).toBe(expected);
  });

  test("a number that is no level of the parameter compared is a slip of the pen", () => {
    expect(() => valueAt("a in [1, 2, 3] ? 1 : 2")).toThrow("a has no level 1.");
  });

  test("logarithms of powers are whole, others as exact as logarithms are", () => {
    const at = "x=1";
    const given = { x: [1, 2] };
    for (let power = 1; power < 60; power++) expect(valueAt(`log2(${2 ** power} * x)`, at, given)).toBe(power);
    for (let power = 1; power < 16; power++) expect(valueAt(`log10(${10 ** power} * x)`, at, given)).toBe(power);
    expect(valueAt("log2(10 * x)", at, given)).toBeCloseTo(3.321928094887362, 14);
  });

  test("whole exponents multiply, so that integers stay exact", () => {
    const given = { x: [3, 5] };
    expect(valueAt("x ^ 33", "x=3", given)).toBe(Number(3n ** 33n));
    expect(valueAt("x ^ 20", "x=5", given)).toBe(Number(5n ** 20n));
    expect(valueAt("x ^ -2", "x=5", given)).toBe(1 / 25);
    expect(valueAt("x ^ 1.5", "x=5", given)).toBeCloseTo(11.180339887498949, 12);
  });
});

/** Random expressions in text, numbers and truth values kept apart. */
const { number: randomNumber } = fc.letrec<{ number: string; truth: string }>((tie) => ({
  number: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("x", "y", "z", "2", "0.5", "7"),
    fc
      .tuple(tie("number"), fc.constantFrom("+", "-", "*", "/", "%"), tie("number"))
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    fc.tuple(tie("number"), fc.constantFrom("2", "3", "-1", "0")).map(([base, exponent]) => `(${base}) ^ ${exponent}`),
    fc.tuple(tie("truth"), tie("number"), tie("number")).map(([test, yes, no]) => `((${test}) ? (${yes}) : (${no}))`),
    fc.tuple(tie("number"), tie("number")).map(([a, b]) => `min(${a}, max(${b}, 1), ${b})`),
    tie("number").map((value) => `-(${value})`),
  ),
  truth: fc.oneof(
    { depthSize: "small" },
    fc
      .tuple(tie("number"), fc.constantFrom("<", "<=", ">", ">="), tie("number"))
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    fc
      .tuple(tie("truth"), fc.constantFrom("and", "or"), tie("truth"))
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    tie("truth").map((value) => `not (${value})`),
  ),
}));

test("random expressions have the value that the library's own evaluation gives", () => {
  let compared = 0;
  fc.assert(
    fc.property(randomNumber, (expression) => {
      fc.pre(expression.length < 1500 && (expression.match(/\(/g) ?? []).length < 40);
      const expected = new Parser().evaluate(expression, { x: 3, y: -2, z: 5 });
      fc.pre(Number.isFinite(expected));
      // Where another architecture has no finite value, the definition is rightly refused.
      const given = { x: [3], y: [-2], z: [5], other: [1, 2] };
      const value = valueAt(expression, "x=3,y=-2,z=5,other=1", given);
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
      compared++;
    }),
    // Powers may differ in the last digit, which a remainder or a comparison can blow up: always the same expressions.
    { numRuns: 300, seed: 20_261_122 },
  );
  expect(compared).toBe(300);
});

describe("constraints and inactive parameters", () => {
  const sizeWith = (...constraints: string[]): bigint =>
    createChoiceSpace({
      parameters: { stages: [1, 2], w1: [1, 2, 3], w2: { levels: [1, 2, 3], when: { stages: 2 } } },
      constraints,
      cost: { total: "w1 + w2" },
    }).size;

  test("a constraint that reads an inactive parameter does not apply", () => {
    expect(sizeWith("w2 >= w1")).toBe(3n + 6n);
    expect(sizeWith("w2 + w1 > 100 or w1 < 3")).toBe(3n + 6n);
  });

  test("what and, or and ? : skip is not read", () => {
    expect(sizeWith("stages == 2 and w2 > 1")).toBe(6n);
    expect(sizeWith("stages == 1 or w2 > 2")).toBe(3n + 3n);
    expect(sizeWith("(active(w2) ? w2 : 0) + w1 <= 2")).toBe(2n + 1n);
  });

  test("costs count what is inactive as 0, also inside a constraint", () => {
    expect(sizeWith("total <= 2")).toBe(2n + 1n);
  });
});

describe("hostile expressions end in a message, quickly", () => {
  test.each([
    "9 ^ 9 ^ 9 ^ 9 * a",
    "a ^ 1e300",
    `${"-".repeat(1900)}a`,
    `${"not ".repeat(400)}on`,
    `${"a > 2 ? 1 : ".repeat(150)}2`,
    `${"2 ^ ".repeat(400)}a`,
    `${"a + ".repeat(450)}a`,
    `${"/* */".repeat(350)} a`,
    "/* never closed",
    "[[[[[[a]]]]]]",
    "a[",
    "f(x) = x",
    "(f(x) = f(x))(1)",
    "x = 3; x",
    "a.b.c",
    '"a".constructor.constructor("return 1")()',
    "__proto__",
    "__proto__.a",
    "hasOwnProperty(a)",
    "constructor(a)",
    "random()",
    "fac(1e9)",
    "map(f, [1])",
    "roundTo(1, 1e9)",
    "0x",
    "0b",
    "1e",
    "\\u0000",
    "'\\u00'",
    "a\u0000b",
    ",",
    ")",
    "()",
    "?:",
    "a ? b",
    "a ? : b",
    "in",
    "a in",
    "in [1]",
    "and",
    "not",
    "- ",
    "active",
    "active()",
    'active("a")',
    "active(active(a))",
    "min",
    "min(",
    "min(,)",
    ";",
    ";;a",
    "a;",
    "(a;b)",
    "\n\n",
  ])("%j", (expression) => {
    try {
      expect(Number.isFinite(valueAt(expression))).toBe(true);
    } catch (error) {
      expect(error).toMatchObject({ name: "AssayError", message: expect.stringContaining("cost.value: ") });
    }
  });
});
