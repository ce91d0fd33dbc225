/** Numbers for what runs at the same time, so that each process can have a device of its own. */
export interface Slots {
  /** Calls with the smallest number from 0 that nobody holds meanwhile. */
  hold<Result>(use: (slot: number) => Promise<Result>): Promise<Result>;
}

/**
 * @example
 * await slots.hold((slot) => trainOn(devices[slot]));
 */
export function createSlots(): Slots {
  const held = new Set<number>();
  return {
    async hold(use) {
      let slot = 0;
      while (held.has(slot)) slot++;
      held.add(slot);
      try {
        return await use(slot);
      } finally {
        held.delete(slot);
      }
    },
  };
}
