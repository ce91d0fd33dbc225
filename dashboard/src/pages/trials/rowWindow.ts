/** In pixels, the line below a row included. */
export const rowHeight = 33;
export const headHeight = 38;

/** Rows that are drawn above those in view, and as many below. Browsers paint some 300 pixels in advance, and more would stay empty. */
const spare = 6;
/** The window moves by so many rows at a time, so that slow scrolling seldom changes anything. */
const stride = 3;

/** Which rows of a long table are drawn: those in view and some around them. */
export interface RowWindow {
  readonly first: number;
  /** The same wherever the table is scrolled to. */
  readonly size: number;
}

/** The window of a table of `count` rows; heights in pixels, those of the view with the head of the table. */
export function rowWindow(scrollTop: number, viewHeight: number, count: number): RowWindow {
  const inView = Math.ceil(viewHeight / rowHeight) + 1;
  const size = Math.min(count, inView + 2 * spare + stride);
  const wanted = Math.floor(Math.max(0, scrollTop) / rowHeight) - spare;
  return { first: Math.max(0, Math.min(count - size, Math.floor(wanted / stride) * stride)), size };
}

/** Whether a window so far from the last shows rows that nobody has painted yet. */
export function isFar(first: number, next: number): boolean {
  return Math.abs(next - first) > spare;
}

/** Where to scroll so that a row can be seen; undefined where it can already. */
export function scrollToRow(row: number, scrollTop: number, viewHeight: number): number | undefined {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const bottom = top + rowHeight + headHeight;
  return bottom > scrollTop + viewHeight ? bottom - viewHeight : undefined;
}
