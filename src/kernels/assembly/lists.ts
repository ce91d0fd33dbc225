/**
 * A sparse matrix as lists: entry by entry the column number times 16 (u32) and the value (f32).
 *
 * The columns may be cut into chunks: first come the entries of the first chunk, row after row, then those of the second, and
 * so on. `starts[c * rows + r]` (u32) is the number of the first entry of row r in chunk c, and the last start the number of
 * all entries. A product works through all rows with one chunk, whose part of a panel fits into the first cache.
 */

/** For each set of lanes (as a bit mask), how to move these lanes to the front. */
const FRONT: usize = memory.data<u8>([
  0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x00, 0x01, 0x02, 0x03, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x04, 0x05, 0x06, 0x07, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x08, 0x09, 0x0a, 0x0b, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x00, 0x01, 0x02, 0x03, 0x08, 0x09, 0x0a, 0x0b, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x80, 0x80, 0x80, 0x80,
  0x0c, 0x0d, 0x0e, 0x0f, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x00, 0x01, 0x02, 0x03, 0x0c, 0x0d, 0x0e, 0x0f, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x04, 0x05, 0x06, 0x07, 0x0c, 0x0d, 0x0e, 0x0f, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0c, 0x0d, 0x0e, 0x0f, 0x80, 0x80, 0x80, 0x80,
  0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
  0x00, 0x01, 0x02, 0x03, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x80, 0x80, 0x80, 0x80,
  0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x80, 0x80, 0x80, 0x80,
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f,
]);

/**
 * Lists the elements of a row-major matrix that are not zero. Both zeros are left out, NaN and infinities stay. Reads up to
 * 12 bytes beyond the source and writes up to 24 beyond the last entry.
 *
 * @param order row numbers of the source (u32) in the order wanted, or 0 for all as they come
 * @param stride bytes from row to row of the source
 */
export function listRows(
  source: usize,
  stride: i32,
  order: usize,
  rows: i32,
  columns: i32,
  chunks: i32,
  starts: usize,
  entries: usize,
): void {
  const zero = f32x4.splat(0);
  const four = i32x4.splat(4 << 4);
  const vectors = (columns + 3) >> 2;
  let entry = entries;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const first = ((vectors * chunk) / chunks) << 2;
    const end = min(columns, ((vectors * (chunk + 1)) / chunks) << 2);
    for (let row = 0; row < rows; row++) {
      store<u32>(starts, <u32>((entry - entries) >> 3));
      starts += 4;
      const place = order === 0 ? row : load<i32>(order + (<usize>row << 2));
      let element = source + <usize>place * stride + (<usize>first << 2);
      let offsets = i32x4.add(i32x4.splat(first << 4), i32x4(0, 16, 32, 48));
      // Written without a branch on the values: whether an element is zero cannot be predicted.
      for (let left = end - first; left > 0; left -= 4) {
        const values = v128.load(element);
        let mask = i32x4.bitmask(f32x4.ne(values, zero));
        if (left < 4) mask &= (1 << left) - 1;
        const front = v128.load(FRONT + (<usize>mask << 4));
        const someOffsets = i8x16.swizzle(offsets, front);
        const someValues = i8x16.swizzle(values, front);
        v128.store(entry, v128.shuffle<i32>(someOffsets, someValues, 0, 4, 1, 5));
        v128.store(entry, v128.shuffle<i32>(someOffsets, someValues, 2, 6, 3, 7), 16);
        entry += <usize>popcnt<i32>(mask) << 3;
        element += 16;
        offsets = i32x4.add(offsets, four);
      }
    }
  }
  store<u32>(starts, <u32>((entry - entries) >> 3));
}

/**
 * The lists of the transposed matrix, in one chunk. With `ones`, a last row with the value 1 in every column is added: the product with it
 * sums over all rows, which is the gradient of a bias.
 *
 * @param targetStarts columns + ones + 1 numbers
 */
export function transposeLists(
  starts: usize,
  entries: usize,
  rows: i32,
  columns: i32,
  chunks: i32,
  ones: i32,
  targetStarts: usize,
  targetEntries: usize,
): void {
  // First targetStarts[c + 1] counts column c, then it is where the next entry of c goes, at last where c ends.
  memory.fill(targetStarts, 0, <usize>(columns + ones + 1) << 2);
  const end = entries + (<usize>load<u32>(starts + (<usize>(rows * chunks) << 2)) << 3);
  const counts = targetStarts + 4;
  for (let entry = entries; entry < end; entry += 8) {
    const place = counts + (<usize>load<u32>(entry) >> 2);
    store<u32>(place, load<u32>(place) + 1);
  }
  let before: u32 = 0;
  for (let column = 0; column < columns; column++) {
    const place = counts + (<usize>column << 2);
    const count = load<u32>(place);
    store<u32>(place, before);
    before += count;
  }
  let entry = entries;
  for (let chunk = 0; chunk < chunks; chunk++) {
    for (let row = 0; row < rows; row++) {
      starts += 4;
      const rowEnd = entries + (<usize>load<u32>(starts) << 3);
      while (entry < rowEnd) {
        const place = counts + (<usize>load<u32>(entry) >> 2);
        const position = load<u32>(place);
        const target = targetEntries + (<usize>position << 3);
        store<u32>(target, <u32>row << 4);
        store<u32>(target, load<u32>(entry, 4), 4);
        store<u32>(place, position + 1);
        entry += 8;
      }
    }
  }
  if (ones) {
    let target = targetEntries + (<usize>before << 3);
    for (let row = 0; row < rows; row++) {
      store<u32>(target, <u32>row << 4);
      store<f32>(target, 1, 4);
      target += 8;
    }
    store<u32>(counts + (<usize>columns << 2), before + <u32>rows);
  }
}
