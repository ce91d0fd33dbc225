import type { Links } from "./links.js";

/** Different rows, each known by what it adds up along the edges and against them, in order. */
export class RowTable {
  #count = 0;
  #starts = new Int32Array(1024);
  #entries = new Int32Array(4096);
  /** Open addressing: a row's number + 1, at the place of its hash or the first free one behind. */
  #places = new Int32Array(1024);
  #hashes = new Int32Array(512);

  /** Different rows so far. */
  get count(): number {
    return this.#count;
  }

  /** The links of all rows; views, until the next row comes in. */
  get links(): Links {
    return {
      starts: this.#starts.subarray(0, 2 * this.#count + 1),
      entries: this.#entries.subarray(0, this.#starts[2 * this.#count]),
    };
  }

  /**
   * The number of a row, a new one where it is not known.
   *
   * @param along how many of the numbers stand for direction 0
   * @param length how many there are in all
   */
  numberOf(numbers: Int32Array, along: number, length: number): number {
    let hash = along;
    for (let i = 0; i < length; i++) {
      hash = Math.imul(hash ^ numbers[i], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    while (this.#count >= this.#hashes.length) this.#grow();
    const [places, hashes] = [this.#places, this.#hashes];
    const mask = places.length - 1;
    let place = hash & mask;
    for (; places[place] !== 0; place = (place + 1) & mask) {
      const row = places[place] - 1;
      if (hashes[row] === hash && this.#isRow(row, numbers, along, length)) return row;
    }
    const row = this.add(numbers, along, length);
    places[place] = row + 1;
    hashes[row] = hash;
    return row;
  }

  #isRow(row: number, numbers: Int32Array, along: number, length: number): boolean {
    const [starts, entries] = [this.#starts, this.#entries];
    const start = starts[2 * row];
    if (starts[2 * row + 1] - start !== along || starts[2 * row + 2] - start !== length) return false;
    for (let i = 0; i < length; i++) if (entries[start + i] !== numbers[i]) return false;
    return true;
  }

  /** The number of a row that is new, or shall be one of its own. */
  add(numbers: Int32Array, along: number, length: number): number {
    const row = this.#count++;
    const start = this.#starts[2 * row];
    if (2 * row + 3 > this.#starts.length) this.#starts = twice(this.#starts);
    if (start + length > this.#entries.length) this.#entries = twice(this.#entries, start + length);
    this.#starts[2 * row + 1] = start + along;
    this.#starts[2 * row + 2] = start + length;
    for (let i = 0; i < length; i++) this.#entries[start + i] = numbers[i];
    return row;
  }

  /** Twice the room; half of the places stay free. */
  #grow(): void {
    this.#hashes = twice(this.#hashes);
    this.#places = new Int32Array(2 * this.#places.length);
    const mask = this.#places.length - 1;
    for (let row = 0; row < this.#count; row++) {
      let place = this.#hashes[row] & mask;
      while (this.#places[place] !== 0) place = (place + 1) & mask;
      this.#places[place] = row + 1;
    }
  }
}

/** A copy of numbers with twice the room, or at least so much. */
export function twice(numbers: Int32Array, least = 0): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * numbers.length, least));
  larger.set(numbers);
  return larger;
}
