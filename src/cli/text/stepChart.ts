import { createLineCanvas } from "./lineCanvas.js";
import { formatCount, formatMeasured } from "./numbers.js";

/** What `drawStepChart` draws. */
export interface StepChart {
  /** Where the line rises, from left to right; `number` counts from 0. */
  readonly steps: readonly { readonly number: number; readonly label: number }[];
  /** The line ends here. */
  readonly last: number;
  /** Letters in a line, the scale included. */
  readonly width: number;
  readonly height: number;
}

/** The share of the trials whose labels may lie below the scale. */
const START = 0.05;

/**
 * A line that only rises, with its lowest and highest value at the side and trials below; nothing without steps. A first trial that is
 * far worse than all others would leave no room for them: what was best in the first trials stands on the lowest row.
 */
export function drawStepChart({ steps, last, width, height }: StepChart): string[] {
  if (steps.length === 0) return [];
  const start = steps.findLast(({ number }) => number <= START * last) ?? steps[0];
  const [lowest, highest] = [start.label, steps[steps.length - 1].label];
  const titles = [formatMeasured(highest), `${start === steps[0] ? "" : "≤ "}${formatMeasured(lowest)}`];
  const margin = Math.max(...titles.map(({ length }) => length)) + 1;
  const left = margin + 2;
  const columns = Math.max(2, width - left);
  const bottom = lowest === highest ? 0 : height - 1;
  const columnOf = (number: number): number => left + Math.round(((columns - 1) * number) / Math.max(1, last));
  const rowOf = (label: number): number =>
    lowest === highest ? 0 : Math.round((bottom * (highest - Math.max(label, lowest))) / (highest - lowest));

  const canvas = createLineCanvas();
  canvas.vertical(margin, 0, bottom + 1);
  canvas.horizontal(bottom + 1, margin, left + columns - 1);
  canvas.write(0, 0, titles[0]);
  if (bottom > 0) canvas.write(bottom, 0, titles[1]);
  for (const [position, { number, label }] of steps.entries()) {
    const next = steps[position + 1];
    const [row, column] = [rowOf(label), columnOf(number)];
    canvas.horizontal(row, column, columnOf(next?.number ?? last));
    if (next !== undefined) canvas.vertical(columnOf(next.number), row, rowOf(next.label));
  }
  const end = formatCount(last);
  canvas.write(bottom + 2, margin, "0");
  canvas.write(bottom + 2, Math.max(margin + 2, left + columns - end.length), end);
  return canvas.lines();
}
