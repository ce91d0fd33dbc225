import type { TrialSelection } from "../contract.js";
import type { Column, Connection } from "./connection.js";
import { TRIAL_COLUMNS } from "./rows.js";

const orders = {
  number: "t.number",
  newest: "t.number DESC",
  label: "t.label DESC, t.number",
} as const;

/** The rows that `readTrial` reads, for the trials that are wanted. */
export function selectTrials(
  connection: Connection,
  study: number,
  { states, order = "number", from = 0, skip = 0, count, curves = true }: TrialSelection,
): readonly Column[][] {
  const conditions = [
    "t.study = ?",
    ...(from > 0 ? ["t.number >= ?"] : []),
    ...(order === "label" ? ["t.label IS NOT NULL"] : []),
    ...(states === undefined ? [] : [`t.state IN (${states.map(() => "?").join(", ")})`]),
  ];
  const columns = TRIAL_COLUMNS.split(", ").map((name) => `t.${name}`);
  return connection.rows(
    `SELECT ${columns.join(", ")}${curves ? ", c.series" : ""} FROM trial t
     ${curves ? "LEFT JOIN curve c ON c.study = t.study AND c.trial = t.number" : ""}
     WHERE ${conditions.join(" AND ")} ORDER BY ${orders[order]} LIMIT ? OFFSET ?`,
    ...[study, ...(from > 0 ? [from] : []), ...(states ?? []), count ?? -1, skip],
  );
}
