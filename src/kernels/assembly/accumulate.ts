import { multiplyAdd } from "./multiplyAdd";

/**
 * The heart of every product: target = initial + sum over the listed entries (k, x) of x * row k of a panel, entries in
 * their order, so that a result never depends on what else is computed beside it. Zeros were left out of the list:
 * adding 0 * y changes nothing for finite y.
 *
 * @typeParam Row the width of the panel
 */
// @ts-ignore: decorator
@inline
export function accumulate<Row>(entry: usize, end: usize, panel: usize, initial: usize, target: usize): void {
  let a = v128.load(initial);
  let b = offsetof<Row>() > 16 ? v128.load(initial, 16) : a;
  let c = offsetof<Row>() > 32 ? v128.load(initial, 32) : a;
  let d = offsetof<Row>() > 48 ? v128.load(initial, 48) : a;
  let e = offsetof<Row>() > 64 ? v128.load(initial, 64) : a;
  let f = offsetof<Row>() > 80 ? v128.load(initial, 80) : a;
  let g = offsetof<Row>() > 96 ? v128.load(initial, 96) : a;
  while (entry < end) {
    const row = panel + <usize>load<u32>(entry) * (offsetof<Row>() >> 4);
    const x = v128.load32_splat(entry, 4);
    a = multiplyAdd(x, v128.load(row), a);
    if (offsetof<Row>() > 16) b = multiplyAdd(x, v128.load(row, 16), b);
    if (offsetof<Row>() > 32) c = multiplyAdd(x, v128.load(row, 32), c);
    if (offsetof<Row>() > 48) d = multiplyAdd(x, v128.load(row, 48), d);
    if (offsetof<Row>() > 64) e = multiplyAdd(x, v128.load(row, 64), e);
    if (offsetof<Row>() > 80) f = multiplyAdd(x, v128.load(row, 80), f);
    if (offsetof<Row>() > 96) g = multiplyAdd(x, v128.load(row, 96), g);
    entry += 8;
  }
  v128.store(target, a);
  if (offsetof<Row>() > 16) v128.store(target, b, 16);
  if (offsetof<Row>() > 32) v128.store(target, c, 32);
  if (offsetof<Row>() > 48) v128.store(target, d, 48);
  if (offsetof<Row>() > 64) v128.store(target, e, 64);
  if (offsetof<Row>() > 80) v128.store(target, f, 80);
  if (offsetof<Row>() > 96) v128.store(target, g, 96);
}
