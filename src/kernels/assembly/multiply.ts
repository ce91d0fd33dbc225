import { accumulate } from "./accumulate";
import { panelsOf, transposeIntoPanel, vectorsOf, widthOf } from "./panels";
import { Row1, Row2, Row3, Row4, Row5, Row6, Row7, ZEROS } from "./row";

/** Rows that are summed at a time: their sums stay in the first cache beside a chunk of a panel. */
const ROWS: i32 = 64;

/** Nothing more is done with a sum. */
const PLAIN: i32 = 0;
/** Negative sums become zero; NaN stays. */
const RECTIFY: i32 = 1;
/** A sum stays where the gate, a matrix of the shape of the result, is positive, and becomes zero elsewhere. */
const GATE: i32 = 2;

function rowsTimesPanel<Row>(
  starts: usize,
  entries: usize,
  rows: i32,
  chunks: i32,
  panel: usize,
  initial: usize,
  finish: i32,
  gate: usize,
  target: usize,
  stride: i32,
  sums: usize,
): void {
  const zero = f32x4.splat(0);
  for (let top = 0; top < rows; top += ROWS) {
    const count = min(ROWS, rows - top);
    for (let chunk = 0; chunk < chunks; chunk++) {
      let start = starts + (<usize>(chunk * rows + top) << 2);
      let entry = entries + (<usize>load<u32>(start) << 3);
      let sum = sums;
      for (let row = 0; row < count; row++) {
        start += 4;
        const end = entries + (<usize>load<u32>(start) << 3);
        accumulate<Row>(entry, end, panel, chunk === 0 ? initial : sum, sum);
        entry = end;
        sum += offsetof<Row>();
      }
    }
    let sum = sums;
    for (let row = 0; row < count; row++) {
      for (let i: usize = 0; i < offsetof<Row>(); i += 16) {
        let value = v128.load(sum + i);
        if (finish === RECTIFY) value = f32x4.pmax(value, zero);
        if (finish === GATE) value = v128.and(value, f32x4.gt(v128.load(gate + i), zero));
        v128.store(target + i, value);
      }
      sum += offsetof<Row>();
      target += stride;
      gate += stride;
    }
  }
}

function multiplyPanel(
  width: i32,
  starts: usize,
  entries: usize,
  rows: i32,
  chunks: i32,
  panel: usize,
  initial: usize,
  finish: i32,
  gate: usize,
  target: usize,
  stride: i32,
  sums: usize,
): void {
  switch (width) {
    case 7:
      rowsTimesPanel<Row7>(starts, entries, rows, chunks, panel, initial, finish, gate, target, stride, sums);
      break;
    case 6:
      rowsTimesPanel<Row6>(starts, entries, rows, chunks, panel, initial, finish, gate, target, stride, sums);
      break;
    case 5:
      rowsTimesPanel<Row5>(starts, entries, rows, chunks, panel, initial, finish, gate, target, stride, sums);
      break;
    case 4:
      rowsTimesPanel<Row4>(starts, entries, rows, chunks, panel, initial, finish, gate, target, stride, sums);
      break;
    case 3:
      rowsTimesPanel<Row3>(starts, entries, rows, chunks, panel, initial, finish, gate, target, stride, sums);
      break;
    case 2:
      rowsTimesPanel<Row2>(starts, entries, rows, chunks, panel, initial, finish, gate, target, stride, sums);
      break;
    default:
      rowsTimesPanel<Row1>(starts, entries, rows, chunks, panel, initial, finish, gate, target, stride, sums);
  }
}

/**
 * result = lists * panels, or with a bias lists * panels + bias, then rectified.
 *
 * @param panelRows rows of each panel; with a bias, it is the last of them
 * @param columns of the result, which is row-major with `stride` bytes from row to row and zeros up to a whole vector
 * @param scratch 64 * 112 bytes
 */
export function multiply(
  starts: usize,
  entries: usize,
  rows: i32,
  chunks: i32,
  panels: usize,
  panelRows: i32,
  columns: i32,
  withBias: i32,
  rectify: i32,
  target: usize,
  stride: i32,
  scratch: usize,
): void {
  const vectors = vectorsOf(columns);
  const count = panelsOf(vectors);
  for (let number = 0, first = 0; number < count; number++) {
    const width = widthOf(number, vectors, count);
    const panel = panels + (<usize>(panelRows * first) << 4);
    const initial = withBias ? panel + (<usize>((panelRows - 1) * width) << 4) : ZEROS;
    const place = target + (<usize>first << 4);
    multiplyPanel(width, starts, entries, rows, chunks, panel, initial, rectify ? RECTIFY : PLAIN, 0, place, stride, scratch);
    first += width;
  }
}

/**
 * result = lists * transposed panels, gated where a gate is given.
 *
 * @param panelRows rows of each panel, of which the first `usedRows` make the columns of the result
 * @param panelColumns columns of the panels
 * @param gate of the shape of the result, or 0
 * @param scratch 64 * 112 bytes, and 112 for each column of the panels, rounded up to a multiple of four
 */
export function multiplyTransposed(
  starts: usize,
  entries: usize,
  rows: i32,
  chunks: i32,
  panels: usize,
  panelRows: i32,
  usedRows: i32,
  panelColumns: i32,
  gate: usize,
  target: usize,
  stride: i32,
  scratch: usize,
): void {
  const vectors = vectorsOf(usedRows);
  const count = panelsOf(vectors);
  const transposed = scratch + ROWS * offsetof<Row7>();
  for (let number = 0, first = 0; number < count; number++) {
    const width = widthOf(number, vectors, count);
    transposeIntoPanel(panels, panelRows, usedRows, panelColumns, first << 2, width, transposed);
    const offset = <usize>first << 4;
    multiplyPanel(
      width,
      starts,
      entries,
      rows,
      chunks,
      transposed,
      ZEROS,
      gate ? GATE : PLAIN,
      gate + offset,
      target + offset,
      stride,
      scratch,
    );
    first += width;
  }
}
