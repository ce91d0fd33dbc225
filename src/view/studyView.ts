import { type Limit, limitsOf, parseLimit } from "../space/index.js";
import type { Storage, StudySummary } from "../study/index.js";
import type { StudyView } from "./contract.js";
import type { FrontAxis } from "./front.js";
import { hasMapOf } from "./map/fits.js";
import { viewPredictionQuality } from "./predictionQuality.js";
import type { QuantityColumn } from "./quantities.js";
import { folderOf, settingsInWords } from "./settingsWords.js";
import type { StudyEntry } from "./studyEntry.js";
import { viewStudyRow } from "./studyRows.js";

/**
 * Everything of a study but its trials. The table and the costs of the entry must be up to date.
 *
 * @param storage of which it is; asked who is alive
 */
export function viewStudy(study: StudySummary, storage: Storage, entry: StudyEntry): StudyView {
  const { table, objectives, subject } = entry;
  const columns = entry.quantities();
  const row = viewStudyRow(study, storage);
  const folder = folderOf(study.settings);
  const band = entry.randomSearch(Math.max(study.budget, table.length));
  const names = columns.map(({ quantity }) => quantity.name);
  return {
    row,
    settings: settingsInWords(study.settings),
    ...(folder === undefined ? {} : { folder }),
    version: study.version,
    quantities: columns.map(({ quantity }) => quantity),
    objectives: objectives.map(({ name }) => name).filter((name) => names.includes(name)),
    limits: limitsInWords(entry),
    improvements: improvementsOf(entry),
    ...(band === undefined ? {} : { randomSearch: band }),
    front: frontOf(entry, columns),
    quality: viewPredictionQuality(table),
    hasSpace: subject !== undefined,
    hasMap: subject !== undefined && hasMapOf(subject.space),
    failures: row.counts.failed,
  };
}

function improvementsOf({ table }: StudyEntry): { number: number; label: number }[] {
  const found: { number: number; label: number }[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (const [row, label] of table.label.entries()) {
    if (label === null || label <= best) continue;
    best = label;
    found.push({ number: table.number[row], label });
  }
  return found;
}

/** The front of the objectives; of one, that of the label against the first cost. */
function frontOf({ table, objectives, front }: StudyEntry, columns: readonly QuantityColumn[]): number[] {
  const axes: FrontAxis[] = [];
  for (const [place, { name }] of objectives.entries()) {
    const found = columns.find(({ quantity }) => quantity.name === name);
    // Values as the search took them go before columns of the same name.
    const column = (objectives.length > 1 ? table.objectives[place] : undefined) ?? found?.column;
    if (column !== undefined) axes.push({ column, direction: found?.quantity.direction ?? "minimise" });
  }
  if (objectives.length === 1) {
    const cost = columns.find(({ quantity }) => quantity.kind === "cost");
    if (cost !== undefined) axes.push({ column: cost.column, direction: "minimise" });
  }
  if (axes.length < 2) return [];
  const rows = front.update(axes, table.length, (row) => table.state[row] === "done" || table.state[row] === "failed");
  return rows.map((row) => table.number[row]);
}

function limitsInWords({ subject, limits }: StudyEntry): StudyView["limits"] {
  const bound = subject === undefined ? [] : limitsOf(subject.space);
  const found: readonly Limit[] = bound.length > 0 ? bound : limits.flatMap(readLimit);
  return found.map(({ cost, bound: way, value, unit }) => ({ name: cost, bound: way, value, unit }));
}

function readLimit(text: string): Limit[] {
  try {
    return [parseLimit(text)];
  } catch {
    // Of another version of Assay.
    return [];
  }
}
