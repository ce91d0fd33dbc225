// Draws docs/images/architecture.svg from the source itself: the floors of src/, who imports whom, and the loop of a search.
// `node scripts/drawArchitecture.mjs --check` fails where the committed picture is not what the source says.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const picture = join(root, "docs/images/architecture.svg");

/** From the top of the house to its bottom; a floor imports only what stands below it. */
export const floors = [
  { name: "cli", does: "one file per command, no logic of its own" },
  { name: "server", does: "the dashboard over HTTP, read-only" },
  { name: "view", does: "what dashboards and reports show" },
  { name: "experiment", does: "many seeds, statistics, tables, figures" },
  { name: "study", does: "the ask/tell loop" },
  { name: "evaluator", does: "measures one architecture" },
  { name: "benchmark", does: "tables of measurements: packs, labels" },
  { name: "dataset", does: "images to train candidates on" },
  { name: "strategy", does: "suggests what to evaluate next" },
  { name: "acquisition", does: "turns predictions into a choice" },
  { name: "predictor", does: "learns from what was evaluated" },
  { name: "encoding", does: "architectures as numbers" },
  { name: "space", does: "the set of architectures" },
  { name: "nn", does: "networks that predictors and the trainer share" },
  { name: "stats", does: "rank correlation, intervals" },
  { name: "random", does: "one seed decides everything" },
  { name: "kernels", does: "WebAssembly SIMD, threads" },
];

const core = new Set(["strategy", "acquisition", "predictor", "encoding", "space", "nn", "stats", "random", "kernels"]);

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !/[\\/](generated|assembly)[\\/]/.test(path));
}

/** The floors that have files, with the floors that they import. */
export function measureFloors() {
  const present = new Set(
    readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => e.name),
  );
  return floors
    .filter((floor) => present.has(floor.name))
    .map((floor) => {
      const files = sourceFiles(join(root, "src", floor.name));
      const imports = new Set();
      for (const file of files) {
        for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"((?:\.\.\/)+[^"]+)"/g)) {
          const target = path.split("/").find((part) => part !== "..");
          if (target !== floor.name && present.has(target)) imports.add(target);
        }
      }
      return { ...floor, files: files.length, imports };
    })
    .filter((floor) => floor.files > 0);
}

const rowHeight = 40;
const boxWidth = 452;
const left = 150;
const top = 76;

function drawHouse(measured) {
  const row = new Map(measured.map((floor, index) => [floor.name, index]));
  const middle = (index) => top + index * rowHeight + rowHeight / 2 - 3;
  const arcs = measured.flatMap((floor, from) =>
    [...floor.imports].map((name) => {
      const to = row.get(name);
      const reach = 14 + (to - from) * 9;
      return `<path d="M${left} ${middle(from) + 4}C${left - reach} ${middle(from) + 4} ${left - reach} ${middle(to) - 4} ${left} ${middle(to) - 4}" class="arc"/>`;
    }),
  );
  const boxes = measured.map((floor, index) => {
    const y = top + index * rowHeight;
    const kind = core.has(floor.name) ? "core" : "outer";
    return `<rect x="${left}" y="${y}" width="${boxWidth}" height="${rowHeight - 6}" rx="5" class="${kind}"/>
<text x="${left + 12}" y="${y + 22}" class="name">${floor.name}</text>
<text x="${left + 112}" y="${y + 22}" class="does">${floor.does}</text>`;
  });
  return [...arcs, ...boxes].join("\n");
}

const steps = [
  ["space", "all architectures, or a sample"],
  ["encoding", "a matrix, computed once"],
  ["predictor", "fit on what is known, predict all"],
  ["acquisition", "which of them to try"],
  ["strategy", "suggest"],
  ["evaluator", "train it, or look it up"],
  ["study", "keep the result, observe"],
];

function drawLoop() {
  const x = 690;
  const width = 300;
  const height = 52;
  const gap = 24;
  const y = (index) => top + 8 + index * (height + gap);
  const boxes = steps.map(([name, what], index) => {
    const arrow =
      index < steps.length - 1
        ? `<path d="M${x + width / 2} ${y(index) + height}v${gap - 3}" class="flow" marker-end="url(#tip)"/>`
        : "";
    return `<rect x="${x}" y="${y(index)}" width="${width}" height="${height}" rx="26" class="step"/>
<text x="${x + width / 2}" y="${y(index) + 22}" class="stepName">${name}</text>
<text x="${x + width / 2}" y="${y(index) + 40}" class="stepWhat">${what}</text>${arrow}`;
  });
  const last = y(steps.length - 1) + height / 2;
  const back = `<path d="M${x + width} ${last}h34V${y(2) + height / 2}h-31" class="flow" marker-end="url(#tip)"/>
<text transform="translate(${x + width + 52} ${(last + y(2)) / 2 + 20}) rotate(-90)" class="stepWhat">until the budget is spent</text>`;
  return [...boxes, back].join("\n");
}

export function drawArchitecture() {
  const measured = measureFloors();
  const height = top + Math.max(measured.length * rowHeight, 560) + 40;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 ${height}" role="img" aria-labelledby="title">
<title id="title">The floors of Assay's source with their imports, and the loop of a search</title>
<style>
svg { font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; background: #fff }
.heading { font-size: 19px; font-weight: 600; fill: #1a2430 } .sub { font-size: 12.5px; fill: #5a6673 }
.core { fill: #e3eefb; stroke: #3574b8 } .outer { fill: #f4f1e8; stroke: #9a8347 }
.name { font-size: 14px; font-weight: 600; fill: #1a2430 } .does { font-size: 12.5px; fill: #3c4854 }
.arc { fill: none; stroke: #8a96a3; stroke-opacity: .55 }
.step { fill: #fff; stroke: #3574b8; stroke-width: 1.5 } .stepName { font-size: 14px; font-weight: 600; fill: #1a2430; text-anchor: middle }
.stepWhat { font-size: 12px; fill: #5a6673; text-anchor: middle } .flow { fill: none; stroke: #3574b8; stroke-width: 1.5 }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#3574b8"/></marker></defs>
<text x="${left}" y="34" class="heading">The house</text>
<text x="${left}" y="55" class="sub">Lines on the left are imports; all point down. Blue floors run in browsers too.</text>
<text x="690" y="34" class="heading">The way of an architecture</text>
<text x="690" y="55" class="sub">Strategies never evaluate anything themselves.</text>
${drawHouse(measured)}
${drawLoop()}
</svg>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const drawn = drawArchitecture();
  if (!process.argv.includes("--check")) writeFileSync(picture, drawn);
  else if (readFileSync(picture, "utf8") !== drawn) {
    console.error("docs/images/architecture.svg is not what the source says: run node scripts/drawArchitecture.mjs");
    process.exit(1);
  }
}
