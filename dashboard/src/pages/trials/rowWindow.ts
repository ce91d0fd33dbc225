/** Which rows of a long table are drawn: those in view and some around them. */
export function rowWindow(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
  spare = 12,
): readonly [first: number, end: number] {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - spare);
  const end = Math.min(count, Math.ceil((scrollTop + viewHeight) / rowHeight) + spare);
  return [first, Math.max(first, end)];
}

/** Where to scroll so that a row can be seen; undefined where it can already. */
export function scrollToRow(
  row: number,
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  headHeight: number,
): number | undefined {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const bottom = top + rowHeight + headHeight;
  return bottom > scrollTop + viewHeight ? bottom - viewHeight : undefined;
}
