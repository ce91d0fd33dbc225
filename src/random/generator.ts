/**
 * A seedable, splittable source of random numbers (xoshiro128** by Blackman and Vigna, https://prng.di.unimi.it).
 * The same seed gives the same numbers on every machine and every version of Node: only integer arithmetic, `Math.sqrt`
 * and `Math.log` are used.
 */
export interface Generator {
  /**
   * A child generator that depends on this generator's seed and the name only, not on how many numbers were drawn:
   * a new consumer with a new name never shifts the others.
   */
  split(name: string | number): Generator;
  /** The seed of `split(name)` as text, for another thread: `createGenerator(g.seedOf(name))` is `g.split(name)`. */
  seedOf(name: string | number): string;
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, bound); `bound` from 1 to 2^53. */
  integer(bound: number): number;
  /** Uniform integer in [0, bound), for bounds beyond 2^53. */
  bigInteger(bound: bigint): bigint;
  /** Standard normal (polar method). */
  normal(): number;
  /** `count` different integers from [0, size), in random order, without touching the rest: O(count). */
  choose(count: number, size: number): number[];
  /** Shuffles in place (Fisher-Yates) and returns its argument. */
  shuffle<List extends { length: number; [index: number]: unknown }>(list: List): List;
}

/**
 * @param seed any number or text; different seeds give independent streams
 * @example
 * const generator = createGenerator(1);
 * const sampling = generator.split("sampling");
 */
export function createGenerator(seed: number | string): Generator {
  const sent =
    typeof seed === "string" ? /^key:([0-9a-f]{8})([0-9a-f]{8})([0-9a-f]{8})([0-9a-f]{8})$/.exec(seed) : null;
  if (sent !== null)
    return new Xoshiro128(sent.slice(1).map((word) => Number.parseInt(word, 16) | 0) as unknown as Key);
  return new Xoshiro128(hashText(`seed:${seed}`, INITIAL_KEY));
}

type Key = readonly [number, number, number, number];

const INITIAL_KEY: Key = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667];

class Xoshiro128 implements Generator {
  readonly #key: Key;
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(key: Key) {
    this.#key = key;
    [this.#a, this.#b, this.#c, this.#d] = key;
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#a = 1;
  }

  split(name: string | number): Generator {
    return new Xoshiro128(hashText(`${typeof name}:${name}`, this.#key));
  }

  seedOf(name: string | number): string {
    const words = hashText(`${typeof name}:${name}`, this.#key);
    return `key:${words.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("")}`;
  }

  uniform(): number {
    const high = this.#next() >>> 5;
    const low = this.#next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  integer(bound: number): number {
    if (!(Number.isSafeInteger(bound) && bound > 0)) throw new RangeError(`bound must be a positive integer: ${bound}`);
    if (bound > 0x100000000) return Number(this.bigInteger(BigInt(bound)));
    if (bound === 0x100000000) return this.#next();
    // Whole 32-bit numbers from here on: remainders of larger ones are ten times slower.
    const divisor = bound >>> 0;
    const last = (0xffffffff - ((-divisor >>> 0) % divisor)) >>> 0;
    for (;;) {
      const value = this.#next() >>> 0;
      if (value <= last) return value % divisor;
    }
  }

  bigInteger(bound: bigint): bigint {
    if (bound <= 0n) throw new RangeError(`bound must be positive: ${bound}`);
    const words = Math.ceil(bound.toString(2).length / 32);
    const range = 1n << BigInt(32 * words);
    const limit = range - (range % bound);
    for (;;) {
      let value = 0n;
      for (let word = 0; word < words; word++) value = (value << 32n) | BigInt(this.#next());
      if (value < limit) return value % bound;
    }
  }

  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  choose(count: number, size: number): number[] {
    if (count > size) throw new RangeError(`cannot choose ${count} of ${size}`);
    const moved = new Map<number, number>();
    const chosen: number[] = [];
    for (let i = 0; i < count; i++) {
      const j = i + this.integer(size - i);
      chosen.push(moved.get(j) ?? j);
      moved.set(j, moved.get(i) ?? i);
    }
    return chosen;
  }

  shuffle<List extends { length: number; [index: number]: unknown }>(list: List): List {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = list[i];
      list[i] = list[j];
      list[j] = kept;
    }
    return list;
  }

  #next(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }
}

/** A 128-bit hash of a text under a key: four multiply-xor lanes that see each other, then an avalanche. */
function hashText(text: string, key: Key): Key {
  let [a, b, c, d] = key;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i) + 1;
    a = Math.imul(a ^ unit, 0x85ebca6b);
    b = Math.imul(b ^ unit ^ (a >>> 15), 0xc2b2ae35);
    c = Math.imul(c ^ unit ^ (b >>> 13), 0x27d4eb2f);
    d = Math.imul(d ^ unit ^ (c >>> 16), 0x165667b1);
    a ^= d >>> 14;
  }
  for (let round = 0; round < 4; round++) {
    a = avalanche((a ^ d) + 0x9e3779b9);
    b = avalanche((b ^ a) + 0x9e3779b9);
    c = avalanche((c ^ b) + 0x9e3779b9);
    d = avalanche((d ^ c) + 0x9e3779b9);
  }
  return [a, b, c, d];
}

function avalanche(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
