/**
 * A matrix in panels: its columns, four to a vector, are cut into panels of up to seven vectors, and each panel lies in memory
 * as rows of its own. So the inner loop of a product walks through memory that fits the first caches, and seven accumulators,
 * seven loaded vectors and one factor fill the fifteen registers that V8 hands out (with eight accumulators it spills
 * and is half as fast).
 *
 * `rows` counts all rows of a panel. The panel that starts at vector `v` of a row begins at byte `rows * v * 16`.
 */

export const WIDEST: i32 = 7;

// @ts-ignore: decorator
@inline
export function vectorsOf(columns: i32): i32 {
  return (columns + 3) >> 2;
}

/** How many panels there are for so many vectors to a row. */
// @ts-ignore: decorator
@inline
export function panelsOf(vectors: i32): i32 {
  return (vectors + WIDEST - 1) / WIDEST;
}

/** Width of a panel in vectors: as even as possible, the wider ones first. */
// @ts-ignore: decorator
@inline
export function widthOf(panel: i32, vectors: i32, panels: i32): i32 {
  return vectors / panels + i32(panel < vectors % panels);
}

/** Copies the part of a row-major matrix that belongs to one panel. */
export function packPanel(source: usize, stride: i32, rows: i32, width: i32, target: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      v128.store(target, v128.load(source + (<usize>i << 4)));
      target += 16;
    }
    source += stride;
  }
}

/**
 * Row-major to panels.
 *
 * @param stride bytes from row to row of the source, a multiple of 16; what lies beyond `columns` must be zero
 */
export function packPanels(source: usize, stride: i32, rows: i32, columns: i32, target: usize): void {
  const vectors = vectorsOf(columns);
  const panels = panelsOf(vectors);
  for (let panel = 0, first = 0; panel < panels; panel++) {
    const width = widthOf(panel, vectors, panels);
    packPanel(source + (<usize>first << 4), stride, rows, width, target + (<usize>(rows * first) << 4));
    first += width;
  }
}

/**
 * One panel of the transposed matrix: row `j` of `target` holds elements (firstRow ... firstRow + 4 * width - 1, j) of
 * the source, zero beyond `usedRows`.
 *
 * @param rows rows of each panel of the source
 */
export function transposeIntoPanel(
  source: usize,
  rows: i32,
  usedRows: i32,
  columns: i32,
  firstRow: i32,
  width: i32,
  target: usize,
): void {
  const vectors = vectorsOf(columns);
  const panels = panelsOf(vectors);
  const next = <usize>width << 4;
  for (let panel = 0, first = 0; panel < panels; panel++) {
    const sourceWidth = widthOf(panel, vectors, panels);
    const step = <usize>sourceWidth << 4;
    // Row after row, as they lie in memory: the source is far larger than the caches, the target is not.
    let from = source + (<usize>(rows * first) << 4) + <usize>firstRow * step;
    for (let k = 0; k < width; k++) {
      let to = target + (<usize>(first * 4 * width + k) << 4);
      const left = usedRows - firstRow - 4 * k;
      if (left >= 4) {
        for (let i = 0; i < sourceWidth; i++) {
          transposeSquare(
            v128.load(from),
            v128.load(from + step),
            v128.load(from + 2 * step),
            v128.load(from + 3 * step),
            to,
            next,
          );
          from += 16;
          to += 4 * next;
        }
      } else {
        const zero = f32x4.splat(0);
        for (let i = 0; i < sourceWidth; i++) {
          transposeSquare(
            left > 0 ? v128.load(from) : zero,
            left > 1 ? v128.load(from + step) : zero,
            left > 2 ? v128.load(from + 2 * step) : zero,
            zero,
            to,
            next,
          );
          from += 16;
          to += 4 * next;
        }
      }
      from += 3 * step;
    }
    first += sourceWidth;
  }
}

/** Writes the columns of four rows of four as rows, `next` bytes apart. */
// @ts-ignore: decorator
@inline
function transposeSquare(a: v128, b: v128, c: v128, d: v128, target: usize, next: usize): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(target + next, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(target + 2 * next, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
  v128.store(target + 3 * next, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
}

/** Panels to row-major, the inverse of `packPanels`. */
export function unpackPanels(source: usize, rows: i32, columns: i32, target: usize, stride: i32): void {
  const vectors = vectorsOf(columns);
  const panels = panelsOf(vectors);
  for (let panel = 0, first = 0; panel < panels; panel++) {
    const width = widthOf(panel, vectors, panels);
    let place = target + (<usize>first << 4);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < width; i++) {
        v128.store(place + (<usize>i << 4), v128.load(source));
        source += 16;
      }
      place += stride;
    }
    first += width;
  }
}
