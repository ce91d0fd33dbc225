import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { acquisitions } from "../src/acquisition/index.js";
import { augmentationOptions, datasets } from "../src/dataset/index.js";
import { encodings } from "../src/encoding/index.js";
import { commandEstimationOptions, trainerEstimationOptions, trainerOptions } from "../src/evaluator/index.js";
import { describeOptions, type OptionSchema } from "../src/options.js";
import { predictors } from "../src/predictor/index.js";
import { strategies } from "../src/strategy/index.js";
import { briefOptions, fillTable, optionTable } from "./filledTables.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Mended with `npx vitest run test/documentation.test.ts -u`. */
it("docs/strategies.md lists the options and acquisitions there are", async () => {
  const rows = Object.values(acquisitions).map(
    ({ name, description, needs, source, options }) =>
      `| \`${name}\` | ${description} | ${needs} | ${briefOptions(options)} | ${source} |`,
  );
  const head = ["| acquisition | chooses | needs | options | source |", "|---|---|---|---|---|"];
  const page = fillOptions(readPage("strategies.md"), strategies);
  await expect(fillTable(page, "acquisitions", [...head, ...rows].join("\n"))).toMatchFileSnapshot(
    join(root, "docs/strategies.md"),
  );
});

it("docs/predictors.md lists the options and encodings there are", async () => {
  const rows = Object.values(encodings).map(
    ({ name, description, needs }) => `| \`${name}\` | ${description} | ${needs.join(", ") || "any of them"} |`,
  );
  const head = ["| encoding | columns | needs |", "|---|---|---|"];
  const page = fillOptions(readPage("predictors.md"), predictors);
  await expect(fillTable(page, "encodings", [...head, ...rows].join("\n"))).toMatchFileSnapshot(
    join(root, "docs/predictors.md"),
  );
});

it("docs/datasets.md lists the data sets and options there are", async () => {
  const rows = Object.values(datasets).map(
    ({ name, description, source }) => `| \`${name}\` | ${description} | ${source} |`,
  );
  const head = ["| data set | holds | source |", "|---|---|---|"];
  const page = fillTable(fillOptions(readPage("datasets.md"), datasets), "datasets", [...head, ...rows].join("\n"));
  await expect(fillTable(page, "options: augmentation", optionTable(augmentationOptions))).toMatchFileSnapshot(
    join(root, "docs/datasets.md"),
  );
});

it("docs/trainer.md lists the options there are", async () => {
  const page = fillTable(readPage("trainer.md"), "options: trainer", optionTable(trainerOptions));
  await expect(fillTable(page, "options: losses", optionTable(trainerEstimationOptions))).toMatchFileSnapshot(
    join(root, "docs/trainer.md"),
  );
});

it("docs/evaluators.md lists the options there are", async () => {
  const page = fillTable(readPage("evaluators.md"), "options: losses", optionTable(commandEstimationOptions));
  await expect(page).toMatchFileSnapshot(join(root, "docs/evaluators.md"));
});

it("the picture of the architecture is what the source says", async () => {
  const { drawArchitecture } = await import("../scripts/drawArchitecture.mjs" as string);
  await expect(drawArchitecture()).toMatchFileSnapshot(join(root, "docs/images/architecture.svg"));
});

it("every link between the pages leads somewhere", () => {
  const pages = [
    "README.md",
    "CONTRIBUTING.md",
    ...readdirSync(join(root, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ];
  for (const page of pages) {
    const text = readFileSync(join(root, page), "utf8");
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
      expect(existsSync(join(root, dirname(page), target)), `${page} links to ${target}`).toBe(true);
    }
  }
});

function readPage(name: string): string {
  return readFileSync(join(root, "docs", name), "utf8");
}

function fillOptions(page: string, registry: Readonly<Record<string, { options: OptionSchema }>>): string {
  let filled = page;
  for (const [name, { options }] of Object.entries(registry)) {
    expect(page).toContain(`\n## ${name}\n`);
    if (describeOptions(options).length > 0) filled = fillTable(filled, `options: ${name}`, optionTable(options));
  }
  return filled;
}
