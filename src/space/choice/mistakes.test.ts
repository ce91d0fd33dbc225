import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AssayError } from "../../errors.js";
import { type ChoiceDefinition, createChoiceSpace, parseChoiceSpace } from "./index.js";

/** Message and hint of the mistake in a file. */
function mistakeIn(text: string): string {
  return mistakeOf(() => parseChoiceSpace(text, "space.yaml"));
}

function mistakeOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return error.hint === undefined ? error.message : `${error.message} | ${error.hint}`;
  }
  return "no mistake";
}

/** A file with one parameter written as given, and another one that is right. */
const withKernel = (kernel: string): string => `parameters:\n  block: [conv, pool]\n  kernel: ${kernel}\n`;
const withConstraint = (constraint: string): string =>
  `parameters:\n  block: [conv, pool]\n  kernel: [3, 5]\n  mix: [auto, 1]\nconstraints:\n  - ${constraint}\n`;
const withCost = (cost: string): string =>
  `parameters:\n  block: [conv, pool]\n  kernel: {levels: [3, 5], when: {block: conv}}\ncost:\n  ${cost}\n`;

/** What is wrong, the file, and exactly what the user reads. */
type Case = readonly [what: string, file: string, message: string];

function check(cases: readonly Case[]): void {
  test.each(cases)("%s", (_, file, message) => expect(mistakeIn(file)).toBe(message));
}

describe("the file as YAML", () => {
  check([
    [
      "a tab as indentation",
      "parameters:\n\tkernel: [3, 5]\n",
      "space.yaml:2: a tab is used for indentation. | YAML wants spaces.",
    ],
    [
      "a bracket never closed",
      "parameters:\n  kernel: [3, 5\n  width: [16]\n",
      "space.yaml:3: cannot be read as YAML: a bracket is opened and never closed.",
    ],
    [
      "a quotation mark never closed",
      "name: 'my space\nparameters: {kernel: [3, 5]}\n",
      "space.yaml:3: cannot be read as YAML: a quotation mark is opened and never closed.",
    ],
    [
      "a key given twice",
      "parameters:\n  kernel: [3, 5]\n  width: [1, 2]\n  kernel: [3, 7]\n",
      "space.yaml:4: parameters.kernel: is given twice, first on line 2. | Remove one of the two.",
    ],
    [
      "a second document",
      "parameters: {kernel: [3, 5]}\n---\nname: b\n",
      'space.yaml:2: a second document begins here ("---"). | A space file holds one document.',
    ],
    [
      "an unquoted colon",
      "parameters: {kernel: [3, 5]}\ncost:\n  flops: kernel > 3 ? 1 : 2\n",
      "space.yaml:3: cannot be read as YAML: a second colon on this line. | Put text that holds a colon, such as a ? b : c, in quotes.",
    ],
    ["a tag", "parameters: !!js/function x\n", "space.yaml:1: tags such as !name are not read. | Remove the tag."],
    [
      "an alias without anchor",
      "parameters:\n  kernel: *levels\n",
      "space.yaml:2: parameters.kernel: the alias *levels has no anchor &levels before it.",
    ],
    ["a list as key", "parameters:\n  ? [a, b]\n  : [1, 2]\n", "space.yaml:2: parameters: a key must be a plain name."],
    ["an empty file", "", "space.yaml: is empty. | A space file has at least the key parameters."],
    ["only comments", "# nothing yet\n", "space.yaml: is empty. | A space file has at least the key parameters."],
    [
      "broken JSON",
      '{"parameters": {"kernel": [3, 5}}',
      "space.yaml:1: cannot be read as YAML: a bracket is opened and never closed.",
    ],
  ]);

  test("a file beyond the limit", () => {
    expect(mistakeIn(`# ${"x".repeat(1_000_000)}`)).toBe(
      "space.yaml: is too large: 1000002 characters, at most 1000000. | Write long lists of levels as ranges.",
    );
  });

  test("nesting that would overflow the stack of the parser", () => {
    const depth = 100_000;
    for (const hostile of ["[", "{a: ", "- ", "? ", "a: [", "- [{"]) {
      expect(mistakeIn(hostile.repeat(depth))).toMatch(/space.yaml:1:( a)? is nested more than 30 levels deep\./);
    }
    const steps = Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
    expect(mistakeIn(steps)).toMatch(/is nested more than 30 levels deep\./);
  });

  test("aliases that unfold to billions of values", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 10; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
      );
    expect(mistakeIn(lines.join("\n"))).toMatch(/space\.yaml:\d+: .* the file uses more than 100 aliases \(\*name\)\./);
    expect(mistakeIn("parameters: &a {b: *a}")).toMatch(/is nested more than 30 levels deep\./);
  });

  test("a few aliases are fine", () => {
    const space = parseChoiceSpace("parameters:\n  a: &levels [1, 2]\n  b: *levels\n", "space.yaml");
    expect(space.size).toBe(4n);
  });
});

describe("the top of the file", () => {
  check([
    ["a list at the top", "- kernel\n", "space.yaml:1: expected a map with the key parameters, got a list."],
    ["a text at the top", "kernel\n", 'space.yaml:1: expected a map with the key parameters, got the text "kernel".'],
    [
      "an unknown key",
      "parameters: {kernel: [3, 5]}\nconstraint: [kernel > 3]\n",
      'space.yaml:2: constraint: a space has no key "constraint". | Did you mean "constraints"?',
    ],
    [
      "a far-off key",
      "parameters: {kernel: [3, 5]}\nbudget: 60\n",
      'space.yaml:2: budget: a space has no key "budget". | Its keys are name, description, parameters, constraints and cost.',
    ],
    [
      "no parameters",
      "name: empty\n",
      "space.yaml:1: parameters are missing. | Write parameters: {kernel: [3, 5, 7], width: [16, 32]}.",
    ],
    [
      "parameters without entry",
      "parameters: {}\n",
      "space.yaml:1: parameters: has no entry. | A space has at least one parameter, such as kernel: [3, 5, 7].",
    ],
    [
      "parameters as a list",
      "parameters:\n  - kernel\n",
      "space.yaml:1: parameters: expected a map from names to parameters, got a list.",
    ],
    [
      "parameters as nothing",
      "parameters:\n",
      "space.yaml:1: parameters: expected a map from names to parameters, got nothing.",
    ],
    [
      "a name that is no text",
      "name: [a]\nparameters: {kernel: [3, 5]}\n",
      "space.yaml:1: name: expected a text, got a list.",
    ],
    [
      "one architecture only",
      "parameters: {kernel: [3]}\n",
      "space.yaml: there is only one architecture, so there is nothing to search.",
    ],
  ]);
});

describe("parameters", () => {
  check([
    [
      "a number instead of levels",
      withKernel("3"),
      "space.yaml:3: parameters.kernel: expected a list of levels, or a map with levels or range, got the number 3.",
    ],
    [
      "nothing",
      withKernel(""),
      "space.yaml:3: parameters.kernel: expected a list of levels, or a map with levels or range, got nothing.",
    ],
    [
      "an unknown key",
      withKernel("{level: [3, 5]}"),
      'space.yaml:3: parameters.kernel.level: a parameter has no key "level". | Did you mean "levels"?',
    ],
    [
      "levels missing",
      withKernel("{kind: ordinal}"),
      "space.yaml:3: parameters.kernel: levels are missing. | Write levels: [3, 5, 7], or range: {from: 16, to: 64, step: 16}.",
    ],
    [
      "levels and range",
      withKernel("{levels: [3, 5], range: {from: 3, to: 5}}"),
      "space.yaml:3: parameters.kernel: levels and range exclude each other. | Keep one of them.",
    ],
    [
      "levels that are no list",
      withKernel("{levels: 3}"),
      "space.yaml:3: parameters.kernel.levels: expected a list of levels, got the number 3. | Write [3].",
    ],
    [
      "empty levels",
      withKernel("[]"),
      "space.yaml:3: parameters.kernel: is an empty list. | A parameter has at least one level.",
    ],
    [
      "a level twice",
      withKernel("[3, 5, 3]"),
      "space.yaml:3: parameters.kernel[2]: the level 3 stands there twice, first as number 1. | Remove one.",
    ],
    [
      "a number and a text that print alike",
      withKernel('[3, "3"]'),
      "space.yaml:3: parameters.kernel[1]: the level 3 stands there twice, first as number 1. | Remove one.",
    ],
    [
      "a list as level",
      withKernel("[3, [5]]"),
      "space.yaml:3: parameters.kernel[1]: a level is a finite number, a text of at most 200 characters, true or false, got a list.",
    ],
    [
      "nothing as level",
      withKernel("[3, ~]"),
      "space.yaml:3: parameters.kernel[1]: a level is a finite number, a text of at most 200 characters, true or false, got nothing.",
    ],
    [
      "an infinite level",
      withKernel("[3, .inf]"),
      "space.yaml:3: parameters.kernel[1]: a level is a finite number, a text of at most 200 characters, true or false, got the number Infinity.",
    ],
    [
      "an unknown kind",
      withKernel("{levels: [3, 5], kind: ordnal}"),
      'space.yaml:3: parameters.kernel.kind: expected categorical or ordinal, got the text "ordnal". | Did you mean "ordinal"?',
    ],
    [
      "a kind that is no text",
      withKernel("{levels: [3, 5], kind: 3}"),
      "space.yaml:3: parameters.kernel.kind: expected categorical or ordinal, got the number 3.",
    ],
    [
      "a name that is no word",
      "parameters:\n  kernel size: [3, 5]\n",
      'space.yaml:2: parameters.kernel size: "kernel size" cannot be the name of a parameter. | Use letters, digits and _, at most 64, and no digit first.',
    ],
    [
      "a name that means something",
      "parameters:\n  max: [3, 5]\n",
      "space.yaml:2: parameters.max: max means something in expressions. | Choose another name for the parameter.",
    ],
  ]);
});

test("a name that programs trip over", () => {
  expect(mistakeIn("parameters:\n  __proto__: [3, 5]\n")).toBe(
    "space.yaml:2: parameters.__proto__: __proto__ cannot be the name of a parameter.",
  );
});

describe("more than anybody means", () => {
  const many = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => `  ${line(i)}\n`).join("");
  const small = "parameters: {kernel: [3, 5]}\n";

  test.each([
    [
      "parameters",
      `parameters:\n${many(501, (i) => `p${i}: [1, 2]`)}`,
      "1: parameters: has 501 parameters, at most 500.",
    ],
    [
      "levels of one parameter",
      `parameters:\n  p: [${Array.from({ length: 10_001 }, (_, i) => i)}]\n`,
      "2: parameters.p: has 10001 levels, at most 10000.",
    ],
    [
      "levels in all",
      `parameters:\n${many(11, (i) => `p${i}: {range: {from: 1, to: 10000}}`)}`,
      "12: parameters.p10: with this one there are more than 100000 levels in all.",
    ],
    [
      "constraints",
      `${small}constraints:\n${many(501, () => "- kernel > 3")}`,
      "2: constraints: has 501 constraints, at most 500.",
    ],
    ["costs", `${small}cost:\n${many(51, (i) => `c${i}: kernel`)}`, "2: cost: has 51 costs, at most 50."],
  ])("%s", (_, file, message) => expect(mistakeIn(file)).toBe(`space.yaml:${message}`));

  test("as many as allowed take no time to speak of", () => {
    const parameters = many(500, (i) => `p${i}: [1, 2]`);
    const chain = many(499, (i) => `- p${i} <= p${i + 1}`);
    expect(parseChoiceSpace(`parameters:\n${parameters}constraints:\n${chain}`, "space.yaml").size).toBe(501n);
  });
});

describe("ranges", () => {
  check([
    [
      "a list",
      withKernel("{range: [3, 7]}"),
      "space.yaml:3: parameters.kernel.range: expected a map with from, to and one of step, factor and count, got a list.",
    ],
    [
      "an unknown key",
      withKernel("{range: {from: 3, too: 7}}"),
      'space.yaml:3: parameters.kernel.range.too: a range has no key "too". | Did you mean "to"?',
    ],
    [
      "an end missing",
      withKernel("{range: {from: 3}}"),
      "space.yaml:3: parameters.kernel.range: to is missing. | A range goes from a number to another.",
    ],
    [
      "a text as end",
      withKernel("{range: {from: 3, to: seven}}"),
      'space.yaml:3: parameters.kernel.range.to: expected a number, got the text "seven".',
    ],
    [
      "upside down",
      withKernel("{range: {from: 7, to: 3}}"),
      "space.yaml:3: parameters.kernel.range: from (7) must be below to (3).",
    ],
    [
      "two spacings",
      withKernel("{range: {from: 1, to: 9, step: 2, count: 3}}"),
      "space.yaml:3: parameters.kernel.range: step and count exclude each other. | Keep one of them.",
    ],
    [
      "no spacing of reals",
      withKernel("{range: {from: 0.1, to: 0.5}}"),
      "space.yaml:3: parameters.kernel.range: one of step, factor and count is missing. | Only a range of integers has a step by default.",
    ],
    [
      "a step that misses the end",
      withKernel("{range: {from: 16, to: 100, step: 16}}"),
      "space.yaml:3: parameters.kernel.range: steps of 16 from 16 do not reach 100. | Write to: 96 or to: 112.",
    ],
    [
      "a step of zero",
      withKernel("{range: {from: 16, to: 64, step: 0}}"),
      "space.yaml:3: parameters.kernel.range.step: must be above 0, got 0.",
    ],
    [
      "a factor that misses the end",
      withKernel("{range: {from: 8, to: 100, factor: 2}}"),
      "space.yaml:3: parameters.kernel.range: multiplying 8 by 2 does not reach 100. | Write to: 64 or to: 128.",
    ],
    [
      "a factor of one",
      withKernel("{range: {from: 8, to: 64, factor: 1}}"),
      "space.yaml:3: parameters.kernel.range.factor: must be above 1, got 1.",
    ],
    [
      "a factor from zero",
      withKernel("{range: {from: 0, to: 64, factor: 2}}"),
      "space.yaml:3: parameters.kernel.range: from must be above 0 where there is a factor, got 0.",
    ],
    [
      "a count of one",
      withKernel("{range: {from: 1, to: 2, count: 1}}"),
      "space.yaml:3: parameters.kernel.range.count: must be an integer from 2, got 1.",
    ],
    [
      "a log scale from zero",
      withKernel("{range: {from: 0, to: 1, count: 3, scale: log}}"),
      "space.yaml:3: parameters.kernel.range: from must be above 0 on a log scale, got 0.",
    ],
    [
      "an unknown scale",
      withKernel("{range: {from: 1, to: 2, count: 3, scale: cubic}}"),
      'space.yaml:3: parameters.kernel.range.scale: expected linear or log, got "cubic".',
    ],
    [
      "a scale without count",
      withKernel("{range: {from: 1, to: 8, factor: 2, scale: log}}"),
      "space.yaml:3: parameters.kernel.range.scale: scale goes with count only. | Remove scale, or write count.",
    ],
    [
      "integers that collide",
      withKernel("{range: {from: 1, to: 3, count: 5, integer: true}}"),
      "space.yaml:3: parameters.kernel.range.count: 5 numbers from 1 to 3 are not all different. | Lower count.",
    ],
    [
      "integer that is no truth value",
      withKernel("{range: {from: 1, to: 3, count: 3, integer: 1}}"),
      "space.yaml:3: parameters.kernel.range.integer: expected true or false, got the number 1.",
    ],
    [
      "too many levels",
      withKernel("{range: {from: 1, to: 1000000}}"),
      "space.yaml:3: parameters.kernel.range: gives 1000000 levels, at most 10000. | Use a larger step, or a log scale with count.",
    ],
  ]);
});

describe("conditions", () => {
  check([
    [
      "a text",
      withKernel("{levels: [3, 5], when: conv}"),
      'space.yaml:3: parameters.kernel.when: expected a map from a parameter to its levels, such as {block: conv}, got the text "conv".',
    ],
    [
      "an empty map",
      withKernel("{levels: [3, 5], when: {}}"),
      "space.yaml:3: parameters.kernel.when: is an empty map. | Write when: {block: conv}, or remove it.",
    ],
    [
      "an unknown parameter",
      withKernel("{levels: [3, 5], when: {blok: conv}}"),
      'space.yaml:3: parameters.kernel.when.blok: there is no parameter blok. | Did you mean "block"?',
    ],
    [
      "an unknown level",
      withKernel("{levels: [3, 5], when: {block: cov}}"),
      'space.yaml:3: parameters.kernel.when.block: block has no level "cov". | Did you mean "conv"?',
    ],
    [
      "an unknown level in a list",
      withKernel("{levels: [3, 5], when: {block: [conv, mixed]}}"),
      'space.yaml:3: parameters.kernel.when.block[1]: block has no level "mixed". | Known: conv, pool.',
    ],
    [
      "an empty list",
      withKernel("{levels: [3, 5], when: {block: []}}"),
      "space.yaml:3: parameters.kernel.when.block: is an empty list. | Levels of block: conv, pool.",
    ],
    [
      "a map as level",
      withKernel("{levels: [3, 5], when: {block: {is: conv}}}"),
      "space.yaml:3: parameters.kernel.when.block: expected a level of block, got a map.",
    ],
    [
      "a number written as text",
      'parameters:\n  stages: [1, 2]\n  width: {levels: [16, 32], when: {stages: "2"}}\n',
      'space.yaml:3: parameters.width.when.stages: stages has no level "2". | The level of stages is the number 2.',
    ],
    [
      "a parameter that depends on itself",
      "parameters:\n  kernel: {levels: [3, 5], when: {kernel: 3}}\n",
      "space.yaml:2: parameters.kernel.when: kernel depends on itself. | Remove this condition.",
    ],
    [
      "a circle",
      "parameters:\n  a: {levels: [1, 2], when: {c: 1}}\n  b: {levels: [1, 2], when: {a: 1}}\n  c: {levels: [1, 2], when: {b: 1}}\n",
      "space.yaml:2: parameters.a.when: the conditions go in a circle: a needs c needs b needs a. | Remove one of these conditions.",
    ],
    [
      "conditions that exclude each other",
      "parameters:\n  a: [1, 2]\n  b: {levels: [1, 2], when: {a: 1}}\n  c: {levels: [1, 2], when: {a: 2, b: 1}}\n",
      "space.yaml:4: parameters.c.when: never holds: the parameters that it names never take these levels together.",
    ],
  ]);
});

describe("constraints", () => {
  check([
    [
      "not a list",
      "parameters: {kernel: [3, 5]}\nconstraints: kernel > 3\n",
      'space.yaml:2: constraints: expected a list of expressions, such as ["width * depth <= 64"], got the text "kernel > 3".',
    ],
    [
      "a map from an unquoted colon",
      "parameters: {kernel: [3, 5]}\nconstraints:\n  - require: kernel > 3\n",
      "space.yaml:3: constraints[0]: expected an expression, got a map. | Put it in quotes.",
    ],
    ["an empty expression", withConstraint('""'), "space.yaml:6: constraints[0]: expected an expression, got nothing."],
    [
      "an unknown name",
      withConstraint("kernl > 3"),
      'space.yaml:6: constraints[0]: there is no parameter kernl. | Did you mean "kernel"?',
    ],
    [
      "a text without quotes",
      withConstraint("block == conv"),
      'space.yaml:6: constraints[0]: there is no parameter conv. | Texts need quotes: "conv".',
    ],
    [
      "an unknown level",
      withConstraint('block == "cov"'),
      'space.yaml:6: constraints[0]: block has no level "cov". | Did you mean "conv"?',
    ],
    [
      "an unknown level in a list",
      withConstraint('block in ["conv", "mixed"]'),
      'space.yaml:6: constraints[0]: block has no level "mixed". | Known: conv, pool.',
    ],
    [
      "a text compared with a number",
      withConstraint("block == 3"),
      'space.yaml:6: constraints[0]: "==" compares block (a text) with a number: never equal. | Both sides must be of one kind.',
    ],
    [
      "a text compared by size",
      withConstraint("block > 3"),
      'space.yaml:6: constraints[0]: ">" wants numbers, got block (a text). | Compare it: block == "conv"; ? : turns that into a number.',
    ],
    [
      "a number, not a truth value",
      withConstraint("kernel + 3"),
      "space.yaml:6: constraints[0]: a constraint is true or false, this is a number. | Compare it: width * depth <= 64.",
    ],
    [
      "a text in a sum",
      withConstraint("kernel + block > 3"),
      'space.yaml:6: constraints[0]: "+" wants numbers, got block (a text). | Compare it: block == "conv"; ? : turns that into a number.',
    ],
    [
      "a parameter of several kinds in a sum",
      withConstraint("mix + 1 > 3"),
      'space.yaml:6: constraints[0]: "+" wants numbers, got mix (a mix of kinds). | Compare it: mix == "auto"; ? : turns that into a number.',
    ],
    [
      "no parameter",
      withConstraint("3 > 2"),
      "space.yaml:6: constraints[0]: names no parameter, so it holds always or never.",
    ],
    [
      "an assignment",
      withConstraint("kernel = 3"),
      'space.yaml:6: constraints[0]: cannot read "kernel = 3": the character "=" has no meaning here. | Write "==" to compare.',
    ],
    [
      "and as in C",
      withConstraint('"kernel > 3 && kernel < 5"'),
      'space.yaml:6: constraints[0]: cannot read "kernel > 3 && kernel < 5": the character "&" has no meaning here. | Write "and".',
    ],
    [
      "or as in C",
      withConstraint('"kernel > 3 || kernel < 5"'),
      'space.yaml:6: constraints[0]: cannot read "kernel > 3 || kernel < 5": the character "|" has no meaning here. | Write "or".',
    ],
    [
      "not as in C",
      withConstraint('"!(kernel > 3)"'),
      'space.yaml:6: constraints[0]: cannot read "!(kernel > 3)": the character "!" has no meaning here. | Write "not"; there is no factorial.',
    ],
    [
      "an end too early",
      withConstraint("kernel >"),
      'space.yaml:6: constraints[0]: cannot read "kernel >": it ends too early.',
    ],
    [
      "a bracket never closed",
      withConstraint("(kernel > 3"),
      'space.yaml:6: constraints[0]: cannot read "(kernel > 3": ")" is missing after "(kernel > 3".',
    ],
    [
      "a bracket never opened",
      withConstraint("kernel > 3)"),
      'space.yaml:6: constraints[0]: cannot read "kernel > 3)": a bracket closes that was never opened, after "kernel > 3)".',
    ],
    [
      "two names in a row",
      withConstraint("kernel kernel > 3"),
      'space.yaml:6: constraints[0]: cannot read "kernel kernel > 3": an operator is missing in "kernel kernel". | Write a product as a * b.',
    ],
    [
      "a misplaced operator",
      withConstraint("kernel > / 3"),
      'space.yaml:6: constraints[0]: cannot read "kernel > / 3": "/" stands where a value was expected.',
    ],
    [
      "a quotation mark never closed",
      withConstraint("kernel > 'x"),
      'space.yaml:6: constraints[0]: cannot read "kernel > \'x": a quotation mark is opened and never closed.',
    ],
    [
      "a statement after another",
      withConstraint("kernel > 3; kernel > 5"),
      "space.yaml:6: constraints[0]: holds a semicolon. | Write one expression.",
    ],
    [
      "an unknown function",
      withConstraint("flor(kernel) > 3"),
      'space.yaml:6: constraints[0]: there is no function flor(). | Did you mean "floor"?',
    ],
    [
      "a product without operator",
      withConstraint("kernel(3) > 3"),
      "space.yaml:6: constraints[0]: there is no function kernel(). | kernel is no function. Write a product as kernel * (…).",
    ],
    [
      "a function as value",
      withConstraint("min > 3"),
      "space.yaml:6: constraints[0]: min is a function. | Write min(…).",
    ],
    [
      "a function of too many",
      withConstraint("sqrt(kernel, 3) > 3"),
      "space.yaml:6: constraints[0]: sqrt() wants 1 number, got 2.",
    ],
    [
      "a function of none",
      withConstraint("max() > 3"),
      "space.yaml:6: constraints[0]: max() wants at least 1 number, got none.",
    ],
    [
      "a function of a text",
      withConstraint("abs(block) > 3"),
      'space.yaml:6: constraints[0]: abs() wants numbers, got block (a text). | Compare it: block == "conv"; ? : turns that into a number.',
    ],
    [
      "active of an expression",
      withConstraint("active(kernel + 1)"),
      "space.yaml:6: constraints[0]: active() wants the name of one parameter.",
    ],
    [
      "in without list",
      withConstraint("kernel in 3"),
      'space.yaml:6: constraints[0]: "in" wants a list on its right. | Write, for example, block in ["conv", "mixed"].',
    ],
    [
      "a computed list",
      withConstraint("kernel in [kernel, 3]"),
      'space.yaml:6: constraints[0]: the list after "in" may hold only numbers, texts, true and false.',
    ],
    [
      "a list as value",
      withConstraint('"kernel == [3]"'),
      'space.yaml:6: constraints[0]: a list may stand only on the right of "in".',
    ],
    [
      "an index",
      withConstraint('"kernel[0] > 3"'),
      "space.yaml:6: constraints[0]: lists and texts have no index here. | Compare whole values.",
    ],
    [
      "two kinds in a choice",
      withConstraint('"(kernel > 3 ? 1 : true) == 1"'),
      'space.yaml:6: constraints[0]: "? :" wants two values of one kind, got a number and a truth value.',
    ],
    [
      "property access",
      withConstraint("block.constructor == 3"),
      'space.yaml:6: constraints[0]: cannot read "block.constructor == 3": a dot may stand in numbers only. | Expressions see names, numbers and texts.',
    ],
    [
      "a prototype",
      withConstraint("constructor > 3"),
      "space.yaml:6: constraints[0]: there is no parameter constructor. | Known: block, kernel, mix.",
    ],
    [
      "a function of the prototype",
      withConstraint("toString() == 3"),
      "space.yaml:6: constraints[0]: there is no function toString(). | Known: abs, ceil, floor, round, sqrt, exp, log, log2, log10, min, max, active.",
    ],
    [
      "a factorial",
      withConstraint("kernel! > 3"),
      'space.yaml:6: constraints[0]: cannot read "kernel! > 3": the character "!" has no meaning here. | Write "not"; there is no factorial.',
    ],
    [
      "an expression beyond all measure",
      withConstraint(
        "kernel > 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1",
      ),
      "space.yaml:6: constraints[0]: the expression is too long: 2810 characters, at most 2000.",
    ],
    [
      "brackets beyond all measure",
      withConstraint(
        "kernel > ((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))",
      ),
      "space.yaml:6: constraints[0]: the expression nests more than 40 brackets.",
    ],
    [
      "one that is never satisfied",
      withConstraint("kernel > 7"),
      "space.yaml:6: constraints[0]: no architecture satisfies the constraints; this one (kernel > 7) alone rejects 100 % of them. | Loosen the constraints, or remove levels.",
    ],
    [
      "two that exclude each other",
      "parameters:\n  kernel: [3, 5, 7]\n  width: [1, 2, 3]\nconstraints:\n  - kernel < 5\n  - kernel * width > 20\n",
      "space.yaml:6: constraints[1]: no architecture satisfies the constraints; this one (kernel * width > 20) alone rejects 88 % of them. | Loosen the constraints, or remove levels.",
    ],
    [
      "one that hardly anything satisfies",
      "parameters:\n  p0: {range: {from: 0, to: 9999}}\n  p1: {range: {from: 0, to: 9999}}\n  p2: {range: {from: 0, to: 9999}}\n  p3: {range: {from: 0, to: 9999}}\nconstraints:\n  - p0 + p1 + p2 + p3 == 12\n",
      "space.yaml:7: constraints[0]: none of 100000 random architectures satisfies the constraints; this one (p0 + p1 + p2 + p3 == 12) alone rejects nearly 100 % of them. | Loosen the constraints, or remove levels.",
    ],
  ]);
});

describe("costs", () => {
  check([
    [
      "a list",
      withCost("- kernel"),
      'space.yaml:4: cost: expected a map from names to expressions, such as {flops: "kernel ^ 2 * width"}, got a list.',
    ],
    [
      "an empty map",
      "parameters: {kernel: [3, 5]}\ncost: {}\n",
      "space.yaml:2: cost: is an empty map. | Write flops: kernel ^ 2, or remove it.",
    ],
    [
      "an unknown key",
      withCost("flops: {valeu: kernel}"),
      'space.yaml:5: cost.flops.valeu: a cost has no key "valeu". | Did you mean "value"?',
    ],
    [
      "a value missing",
      withCost("flops: {unit: MAC}"),
      'space.yaml:5: cost.flops: value is missing. | Write value: "kernel ^ 2 * width".',
    ],
    [
      "a unit that is no text",
      withCost("flops: {value: kernel, unit: 3}"),
      "space.yaml:5: cost.flops.unit: expected a unit, such as MAC, got the number 3.",
    ],
    [
      "a name that is no word",
      withCost('"FLOPs (M)": kernel'),
      'space.yaml:5: cost.FLOPs (M): "FLOPs (M)" cannot be the name of a cost. | Use letters, digits and _, at most 64, and no digit first.',
    ],
    [
      "the name of a parameter",
      withCost("kernel: kernel ^ 2"),
      "space.yaml:5: cost.kernel: kernel is the name of a parameter too. | Choose another name for the cost.",
    ],
    [
      "an unknown name",
      withCost("flops: kernel ^ 2 * widht"),
      "space.yaml:5: cost.flops: there is no parameter widht. | Known: block, kernel.",
    ],
    [
      "a truth value",
      withCost("flops: kernel > 3"),
      "space.yaml:5: cost.flops: a cost is a number, this is a truth value.",
    ],
    ["a text", withCost("flops: block"), "space.yaml:5: cost.flops: a cost is a number, this is a text."],
    [
      "a cost below",
      withCost("flops: params * 2\n  params: kernel"),
      "space.yaml:5: cost.flops: the cost params is not known here yet. | A cost may name the costs above it only.",
    ],
    [
      "itself",
      withCost("flops: flops * 2"),
      "space.yaml:5: cost.flops: the cost flops is not known here yet. | A cost may name the costs above it only.",
    ],
    [
      "a division by what is inactive",
      withCost("flops: 1 / kernel"),
      "space.yaml:5: cost.flops: is Infinity for block=pool. | A cost is a finite number for every architecture; inactive parameters count as 0.",
    ],
  ]);
});

test("a file with random slips is read or refused, never worse", () => {
  const file = readFileSync(new URL("../../../examples/my-space.yaml", import.meta.url), "utf8");
  const slip = fc.record({
    at: fc.nat(file.length),
    removed: fc.nat(12),
    added: fc.oneof(
      fc.constant(""),
      fc.string({ maxLength: 3 }),
      fc.constantFrom(
        "\n",
        "  ",
        "\t",
        ":",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "*",
        "&a ",
        '"',
        "'",
        "#",
        "-1",
        "1e9",
        "kernel",
        " ? ",
      ),
      fc.constantFrom(...(file.match(/\w+/g) ?? [])),
    ),
  });
  let refused = 0;
  fc.assert(
    fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), (slips) => {
      let text = file;
      for (const { at, removed, added } of slips) text = text.slice(0, at) + added + text.slice(at + removed);
      try {
        parseChoiceSpace(text, "space.yaml");
      } catch (error) {
        refused++;
        expect(error).toBeInstanceOf(AssayError);
        expect((error as AssayError).message).toMatch(/^space\.yaml(:\d+)?: .+[.…]$/s);
      }
    }),
    { numRuns: 150 },
  );
  expect(refused).toBeGreaterThan(30);
});

describe("definitions in TypeScript", () => {
  const definitionMistake = (definition: unknown): string =>
    mistakeOf(() => createChoiceSpace(definition as ChoiceDefinition));

  test.each([
    ["nothing", undefined, "space definition: expected a map with the key parameters, got nothing."],
    [
      "empty levels",
      { parameters: { kernel: [] } },
      "space definition: parameters.kernel: is an empty list. | A parameter has at least one level.",
    ],
    [
      "a function as level",
      { name: "mine", parameters: { kernel: [3, () => 5] } },
      'space "mine": parameters.kernel[1]: a level is a finite number, a text of at most 200 characters, true or false, got a function.',
    ],
    [
      "a level that is not a number",
      { name: "mine", parameters: { kernel: [3, Number.NaN] } },
      'space "mine": parameters.kernel[1]: a level is a finite number, a text of at most 200 characters, true or false, got the number NaN.',
    ],
    [
      "a constraint that answers with a number",
      { name: "mine", parameters: { kernel: [3, 5] }, constraints: [() => 1] },
      'space "mine": constraints[0]: the function must return true or false, got 1.',
    ],
    [
      "a cost that answers with a text",
      { name: "mine", parameters: { kernel: [3, 5] }, cost: { flops: () => "many" } },
      'space "mine": cost.flops: is a string for kernel=5. | A cost is a finite number for every architecture; inactive parameters count as 0.',
    ],
    [
      "a constraint that nothing satisfies",
      { name: "mine", parameters: { kernel: [3, 5] }, constraints: [() => false] },
      'space "mine": constraints[0]: no architecture satisfies the constraints; this one alone rejects 100 % of them. | Loosen the constraints, or remove levels.',
    ],
  ])("%s", (_, definition, message) => expect(definitionMistake(definition)).toBe(message));

  test("an object that contains itself", () => {
    const circular: Record<string, unknown> = {};
    circular["parameters"] = circular;
    expect(definitionMistake(circular)).toMatch(/is nested more than 20 levels deep\./);
  });

  test("keys without a value are as good as missing", () => {
    expect(createChoiceSpace({ parameters: { kernel: { levels: [3, 5], when: undefined } } } as never).size).toBe(2n);
  });
});
