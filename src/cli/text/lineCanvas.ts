const UP = 1;
const RIGHT = 2;
const DOWN = 4;
const LEFT = 8;

/** Characters by the directions in which lines leave them. */
const CHARACTERS: Readonly<Record<number, string>> = {
  [UP]: "│",
  [DOWN]: "│",
  [UP | DOWN]: "│",
  [LEFT]: "─",
  [RIGHT]: "─",
  [LEFT | RIGHT]: "─",
  [DOWN | RIGHT]: "╭",
  [DOWN | LEFT]: "╮",
  [UP | RIGHT]: "╰",
  [UP | LEFT]: "╯",
  [UP | DOWN | RIGHT]: "├",
  [UP | DOWN | LEFT]: "┤",
  [LEFT | RIGHT | DOWN]: "┬",
  [LEFT | RIGHT | UP]: "┴",
  [UP | DOWN | LEFT | RIGHT]: "┼",
};

/** A sheet of letters on which lines join where they meet. Columns and rows count from 0, down and to the right. */
export interface LineCanvas {
  /** A line between two places in one row. */
  horizontal(row: number, from: number, to: number): void;
  /** A line between two places in one column. */
  vertical(column: number, from: number, to: number): void;
  /** Letters, over whatever lines are there. */
  write(row: number, column: number, text: string): void;
  /** The rows that hold anything, without spaces at their ends. */
  lines(): string[];
}

/**
 * @example
 * const canvas = createLineCanvas();
 * canvas.vertical(0, 0, 1);
 * canvas.horizontal(0, 0, 3);
 * canvas.lines(); // ["╭───", "│"]
 */
export function createLineCanvas(): LineCanvas {
  const directions: number[][] = [];
  const letters: string[][] = [];

  function join(row: number, column: number, direction: number): void {
    directions[row] ??= [];
    directions[row][column] = (directions[row][column] ?? 0) | direction;
  }

  return {
    horizontal(row, from, to) {
      for (let column = Math.min(from, to); column < Math.max(from, to); column++) {
        join(row, column, RIGHT);
        join(row, column + 1, LEFT);
      }
    },
    vertical(column, from, to) {
      for (let row = Math.min(from, to); row < Math.max(from, to); row++) {
        join(row, column, DOWN);
        join(row + 1, column, UP);
      }
    },
    write(row, column, text) {
      letters[row] ??= [];
      for (const [i, letter] of [...text].entries()) letters[row][column + i] = letter;
    },
    lines() {
      const rows = Math.max(directions.length, letters.length);
      return Array.from({ length: rows }, (_, row) => {
        const columns = Math.max(directions[row]?.length ?? 0, letters[row]?.length ?? 0);
        const place = (_: unknown, column: number): string =>
          letters[row]?.[column] ?? CHARACTERS[directions[row]?.[column] ?? 0] ?? " ";
        return Array.from({ length: columns }, place).join("").trimEnd();
      }).filter((line) => line !== "");
    },
  };
}
