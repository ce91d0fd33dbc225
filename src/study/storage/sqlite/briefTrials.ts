import type { Explanation } from "../../../strategy/contract.js";
import type { BriefTrial, TrialSelection, TrialState } from "../contract.js";
import type { Connection } from "./connection.js";
import { damaged } from "./rows.js";

/** Columns of numbers and texts, and columns of JSON, in the order of the query. */
const PLAIN = [
  ...["number", "architecture", "state", "label", "failure", "failed_attempts", "lost_attempts", "seconds"],
  ...["asked_in", "ended_at"],
];
const JSONS = ["metrics", "objective_values", "explanation"];

/**
 * Many trials, column by column: the database makes one text of each column, which is several times as fast as to hand over and check
 * row by row. What is in JSON is not checked.
 */
export function readBriefTrials(
  connection: Connection,
  study: number,
  { from = 0, count = -1 }: Pick<TrialSelection, "from" | "count">,
): BriefTrial[] {
  const lists = [
    ...PLAIN.map((name) => `json_group_array(${name})`),
    ...JSONS.map((name) => `'[' || group_concat(coalesce(${name}, 'null')) || ']'`),
  ];
  const row = connection.row(
    `SELECT ${lists.join(", ")} FROM (SELECT ${[...PLAIN, ...JSONS].join(", ")} FROM trial
       WHERE study = ? AND number >= ? ORDER BY number LIMIT ?)`,
    ...[study, from, count],
  )!;
  let columns: unknown[][];
  try {
    columns = row.map((text) => (text === null ? [] : (JSON.parse(text as string) as unknown[])));
  } catch (error) {
    throw damaged(connection.path, (error as Error).message);
  }
  const [numbers, architectures, states, labels, failures, failed, lost, seconds, askedIn, endedAt] = columns;
  const [metrics, values, explanations] = columns.slice(PLAIN.length);
  return numbers.map((number, i): BriefTrial => {
    const [label, failure] = [labels[i] as number | null, failures[i] as string | null];
    const hasResult = label !== null || failure !== null;
    return {
      number: number as number,
      architecture: architectures[i] as string,
      state: states[i] as TrialState,
      failedAttempts: failed[i] as number,
      lostAttempts: lost[i] as number,
      askedIn: askedIn[i] as number,
      ...(isObject(explanations[i]) ? { explanation: explanations[i] as Explanation } : {}),
      ...(Array.isArray(values[i]) ? { values: values[i] as number[] } : {}),
      ...(seconds[i] === null ? {} : { seconds: seconds[i] as number }),
      ...(endedAt[i] === null ? {} : { endedAt: endedAt[i] as number }),
      ...(hasResult
        ? {
            result: {
              label: label ?? Number.NaN,
              ...(isObject(metrics[i]) ? { metrics: metrics[i] as Record<string, number> } : {}),
              ...(failure === null ? {} : { failure }),
            },
          }
        : {}),
    };
  });
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
