import { shortUnit } from "../space/limitUnits.js";
import type { Quantity } from "./contract.js";
import type { Subject } from "./subject.js";
import type { TrialTable } from "./trialTable.js";

/** A quantity with the column that holds it. */
export interface QuantityColumn {
  readonly quantity: Quantity;
  readonly column: readonly (number | null)[];
}

/** An objective as the settings of a study name it. */
export interface NamedObjective {
  /** `label` for the label. */
  readonly name: string;
  readonly direction: "maximise" | "minimise" | undefined;
}

/** What trials have: the label, what evaluations gave, what is known without training, and seconds. */
export function quantityColumns(
  table: TrialTable,
  subject: Subject | undefined,
  costs: readonly (readonly (number | null)[])[],
  objectives: readonly NamedObjective[],
): QuantityColumn[] {
  const directionOf = (name: string) => {
    const direction = objectives.find((objective) => objective.name === name)?.direction;
    return direction === undefined ? {} : { direction };
  };
  const units = subject?.units ?? {};
  const unitOf = (name: string) => (Object.hasOwn(units, name) ? unitInWords(units[name]) : "");
  const known = subject?.costs?.metrics ?? [];
  const found: QuantityColumn[] = [
    {
      quantity: { name: "label", unit: unitOf("label"), kind: "label", direction: "maximise" },
      column: table.label,
    },
  ];
  for (const [metric, column] of table.metrics) {
    // What is known without training is so for all trials.
    if (known.some(({ name }) => name === metric)) continue;
    const name = reserved.has(metric) ? `${metric} (metric)` : metric;
    found.push({ quantity: { name, unit: unitOf(metric), kind: "metric", ...directionOf(metric) }, column });
  }
  for (const [i, { name, unit }] of known.entries()) {
    const quantity: Quantity = {
      name: costName(name),
      unit: unitInWords(unit),
      kind: "cost",
      direction: "minimise",
      ...directionOf(name),
    };
    found.push({ quantity, column: costs[i] ?? [] });
  }
  // An objective that is known without training, where the space cannot be opened.
  for (const [place, { name, direction = "minimise" }] of objectives.entries()) {
    if (place === 0 || table.objectives[place] === undefined) continue;
    if (found.some(({ quantity }) => quantity.name === name)) continue;
    found.push({ quantity: { name, unit: "", kind: "cost", direction }, column: table.objectives[place] });
  }
  found.push({ quantity: { name: "seconds", unit: "s", kind: "seconds" }, column: table.seconds });
  return found;
}

const reserved = new Set(["label", "seconds"]);

/** The name of the quantity that a cost is. */
export function costName(name: string): string {
  return reserved.has(name) ? `${name} (cost)` : name;
}

/** The objectives that `--objectives` names; the label alone without it. */
export function namedObjectives(text: string | undefined): NamedObjective[] {
  const parts = (text ?? "label").split(",").map((part) => part.trim());
  return parts.slice(0, 3).map((part, place) => {
    const [name, direction] = part.split(":").map((word) => word.trim());
    if (place === 0) return { name: "label", direction: "maximise" };
    const way = direction?.startsWith("max") ? "maximise" : direction?.startsWith("min") ? "minimise" : undefined;
    return { name, direction: way };
  });
}

/** FLOPs and params keep theirs: it says how they are counted. */
export function unitInWords(unit: string): string {
  return unit === "MAC" || unit === "parameters" ? unit : shortUnit(unit);
}
