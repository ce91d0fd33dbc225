import type { StudyRow, ViewEvent } from "./contract.js";

/** How often is looked, and how often even where nothing was written: a process may have been killed. Milliseconds. */
const EVERY = 400;
const AT_LEAST_EVERY = 5000;

/** What is watched. */
export interface ChangeSources {
  /** Cheap; the same as before where nothing was written. Throws where the storage cannot be read. */
  readonly revision: () => Promise<number | undefined>;
  readonly studies: () => Promise<readonly StudyRow[]>;
}

/** Tells listeners what changes, with one timer for all of them that runs while there are any. */
export class ChangeFeed {
  readonly #sources: ChangeSources;
  readonly #listeners = new Set<(event: ViewEvent) => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #isLooking = false;
  #known: Map<string, string> | undefined;
  #revision: number | undefined;
  #lookedAt = 0;
  #trouble: string | undefined;

  constructor(sources: ChangeSources) {
    this.#sources = sources;
  }

  listen(listener: (event: ViewEvent) => void): () => void {
    // The same function twice is two listeners.
    const own = (event: ViewEvent): void => listener(event);
    this.#listeners.add(own);
    if (this.#timer === undefined) {
      this.#timer = setInterval(() => void this.#look(), EVERY);
      // In Node the timer alone keeps no process alive.
      (this.#timer as { unref?: () => void }).unref?.();
      void this.#look();
    }
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#stop();
    };
  }

  close(): void {
    this.#listeners.clear();
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#known = undefined;
    this.#revision = undefined;
    this.#trouble = undefined;
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const revision = await this.#sources.revision();
      const isQuiet = revision !== undefined && revision === this.#revision && this.#trouble === undefined;
      if (isQuiet && Date.now() - this.#lookedAt < AT_LEAST_EVERY) return;
      const found = new Map((await this.#sources.studies()).map((row) => [row.name, signatureOf(row)]));
      this.#revision = revision;
      this.#lookedAt = Date.now();
      const changed = this.#known === undefined ? [] : differences(this.#known, found);
      this.#known = found;
      const wasTrouble = this.#trouble !== undefined;
      this.#trouble = undefined;
      if (wasTrouble) this.#tell({ kind: "changed", studies: [...found.keys()] });
      else if (changed.length > 0) this.#tell({ kind: "changed", studies: changed });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== this.#trouble) this.#tell({ kind: "trouble", message });
      this.#trouble = message;
      this.#known ??= new Map();
    } finally {
      this.#isLooking = false;
    }
  }

  #tell(event: ViewEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch {
        // One who cannot hear must not keep the others from it.
      }
    }
  }
}

function signatureOf({ id, changedAt, standing, ended, budget, counts }: StudyRow): string {
  return JSON.stringify([id, changedAt, standing, ended, budget, Object.values(counts)]);
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
