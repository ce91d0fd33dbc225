/** The last bytes of a stream. */
export interface Tail {
  add(chunk: Uint8Array): void;
  /** At most as many as there is room for, oldest first. */
  bytes(): Uint8Array;
  /** How many older bytes were forgotten. */
  readonly forgotten: number;
}

/** Keeps the last `size` bytes in a ring of fixed memory. */
export function createTail(size: number): Tail {
  let ring: Uint8Array | undefined;
  let total = 0;
  return {
    add(chunk) {
      if (size === 0 || chunk.length === 0) {
        total += chunk.length;
        return;
      }
      ring ??= new Uint8Array(size);
      const kept = chunk.length > size ? chunk.subarray(chunk.length - size) : chunk;
      const start = (total + chunk.length - kept.length) % size;
      const untilEnd = Math.min(kept.length, size - start);
      ring.set(kept.subarray(0, untilEnd), start);
      ring.set(kept.subarray(untilEnd), 0);
      total += chunk.length;
    },
    bytes() {
      if (ring === undefined) return new Uint8Array(0);
      if (total <= size) return ring.slice(0, total);
      const start = total % size;
      const joined = new Uint8Array(size);
      joined.set(ring.subarray(start));
      joined.set(ring.subarray(0, start), size - start);
      return joined;
    },
    get forgotten() {
      return Math.max(0, total - size);
    },
  };
}
