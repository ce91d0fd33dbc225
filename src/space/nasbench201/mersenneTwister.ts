const STATE_WORDS = 624;
const SHIFT = 397;

/**
 * The random numbers of CPython's `random` module (MT19937, Matsumoto and Nishimura 1998), as far as a shuffle needs
 * them. Only published orders that were made with Python are rebuilt with it; everything else uses `random/`.
 */
export class PythonRandom {
  readonly #state = new Uint32Array(STATE_WORDS);
  #position = STATE_WORDS;

  /** @param seed a non-negative integer below 2^32, as given to `random.seed` */
  constructor(seed: number) {
    const state = this.#state;
    state[0] = 19650218;
    for (let i = 1; i < STATE_WORDS; i++) {
      state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
    let i = 1;
    for (let k = 0; k < STATE_WORDS; k++) {
      state[i] = (state[i] ^ Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), 1664525)) + seed;
      if (++i >= STATE_WORDS) {
        state[0] = state[STATE_WORDS - 1];
        i = 1;
      }
    }
    for (let k = 0; k < STATE_WORDS - 1; k++) {
      state[i] = (state[i] ^ Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), 1566083941)) - i;
      if (++i >= STATE_WORDS) {
        state[0] = state[STATE_WORDS - 1];
        i = 1;
      }
    }
    state[0] = 0x80000000;
  }

  /** `random.shuffle`, in place. */
  shuffle(list: Uint16Array): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.#below(i + 1);
      const kept = list[i];
      list[i] = list[j];
      list[j] = kept;
    }
  }

  #below(bound: number): number {
    const unusedBits = Math.clz32(bound);
    for (;;) {
      const value = this.#next() >>> unusedBits;
      if (value < bound) return value;
    }
  }

  #next(): number {
    if (this.#position === STATE_WORDS) this.#refill();
    let word = this.#state[this.#position++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  #refill(): void {
    const state = this.#state;
    for (let i = 0; i < STATE_WORDS; i++) {
      const joined = (state[i] & 0x80000000) | (state[(i + 1) % STATE_WORDS] & 0x7fffffff);
      state[i] = state[(i + SHIFT) % STATE_WORDS] ^ (joined >>> 1) ^ ((joined & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.#position = 0;
  }
}
