import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** JSON, ready to be sent. */
export interface Answer {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly gzipped?: Uint8Array<ArrayBuffer>;
}

/** Answers to equal questions, made once. */
export interface AnswerStore {
  /** The answer that is there or is being made, or a new one. */
  get(question: string, make: () => Promise<unknown>): Promise<Answer>;
  /** Something changed: makes all of them anew. */
  forget(): void;
}

/** Smaller answers fit in a few packets as they are. */
const GZIP_FROM_BYTES = 4096;
const KEPT_MILLISECONDS = 1000;
const MOST_KEPT = 100;

const compress = promisify(gzip);

/**
 * Twenty pages that hear of the same change ask the same at the same time: it is read, written as JSON and compressed for all of them
 * at once. What was answered is kept for a second, and never beyond a change.
 */
export function createAnswerStore(): AnswerStore {
  const kept = new Map<string, Promise<Answer>>();
  return {
    async get(question, make) {
      const there = kept.get(question);
      if (there !== undefined) return await there;
      const making = make().then(toAnswer);
      if (kept.size < MOST_KEPT) {
        kept.set(question, making);
        const drop = () => {
          if (kept.get(question) === making) kept.delete(question);
        };
        making.then(() => setTimeout(drop, KEPT_MILLISECONDS).unref(), drop);
      }
      return await making;
    },
    forget: () => kept.clear(),
  };
}

async function toAnswer(value: unknown): Promise<Answer> {
  const body = new TextEncoder().encode(JSON.stringify(value));
  if (body.length < GZIP_FROM_BYTES) return { body };
  // The lowest level: most readers sit on this machine, and the search needs its processors.
  return { body, gzipped: new Uint8Array(await compress(body, { level: 1 })) };
}
