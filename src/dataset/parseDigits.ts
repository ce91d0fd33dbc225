import { AssayError } from "../errors.js";
import { checkSize, type RawImages } from "./rawImages.js";

const SIDE = 8;
const PIXELS = SIDE * SIDE;
const LARGEST = 16;

/** Names of the ten classes. */
export const digitClasses: readonly string[] = Array.from({ length: 10 }, (_, digit) => `${digit}`);

/**
 * Reads the bundled digits: one line per image, 64 grey values from 0 (background) to 16 in row-major order, then the digit.
 *
 * @param origin name of the file, for messages
 */
export function parseDigits(text: string, origin: string): RawImages {
  const lines = text.trim().split(/\r?\n/);
  checkSize(origin, lines.length, PIXELS);
  const pixels = new Uint8Array(lines.length * PIXELS);
  const labels = new Int32Array(lines.length);
  for (const [row, line] of lines.entries()) {
    const values = line.split(",").map(Number);
    const label = values[PIXELS];
    const sound =
      values.length === PIXELS + 1 &&
      values.every((value) => Number.isInteger(value) && value >= 0 && value <= LARGEST) &&
      label < digitClasses.length;
    if (!sound) {
      throw new AssayError(
        "bad-dataset",
        `${origin}, line ${row + 1}: not 64 grey values from 0 to 16 and a digit.`,
        "Install assay-nas again.",
      );
    }
    pixels.set(values.slice(0, PIXELS), row * PIXELS);
    labels[row] = label;
  }
  return { count: lines.length, channels: 1, height: SIDE, width: SIDE, pixels, labels };
}
