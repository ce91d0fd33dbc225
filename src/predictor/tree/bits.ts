const square = new Int32Array(32);

/**
 * Transposes up to 32 words from `start` to `end`: bit i of word j becomes bit j of word i of the result, which is written
 * from `into[offset]` on (32 words). Missing words count as 0. Exchanges blocks of 16, 8, 4, 2 and 1 bits (Warren,
 * Hacker's Delight).
 */
export function transposeBits(words: Int32Array, start: number, end: number, into: Int32Array, offset: number): void {
  for (let i = 0; i < 32; i++) square[i] = start + i < end ? words[start + i] : 0;
  let mask = 0x0000ffff;
  for (let width = 16; width > 0; width >>>= 1) {
    for (let i = 0; i < 32; i = ((i | width) + 1) & ~width) {
      const exchanged = ((square[i] >>> width) ^ square[i | width]) & mask;
      square[i] ^= exchanged << width;
      square[i | width] ^= exchanged;
    }
    mask ^= mask << (width >>> 1);
  }
  for (let i = 0; i < 32; i++) into[offset + i] = square[i];
}
