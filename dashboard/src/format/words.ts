import type { StudyRow, TrialColumns } from "../../../src/view/contract.js";

/** "1 trial", "2 trials". */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en").replaceAll(",", "\u202f")} ${count === 1 ? one : many}`;
}

/** A text that begins with a capital letter, for heads and titles. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How a study stands, for people. */
export function standingWords(row: StudyRow): string {
  if (row.standing === "writing") return "searching";
  if (row.standing === "stopped") return "stopped";
  return row.ended === undefined || row.ended === "budget" ? "ended" : `ended: ${row.ended}`;
}

export const trialStates: readonly TrialColumns["state"][number][] = ["done", "failed", "running", "queued", "lost"];
