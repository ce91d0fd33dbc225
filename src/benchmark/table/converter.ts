import type { PackContents } from "../pack/contents.js";

/** Says how far a longer piece of work is: `fraction` from 0 to 1. */
export type ProgressListener = (progress: { readonly message: string; readonly fraction: number }) => void;

/** What a converter may use besides its input. */
export interface ConversionContext {
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Makes packs of one benchmark from its raw tables, as they lie in the data folder. */
export interface TableConverter {
  /** Name of the pack that it makes. */
  readonly name: string;
  readonly title: string;
  /** What a reader of the pack must know. */
  readonly notes: readonly string[];
  /** Changes whenever the same tables would give another pack, so that cached packs are made anew. */
  readonly version: number;
  /** Tables, relative to the data folder, without `.gz`; each may be packed with gzip. */
  readonly required: readonly string[];
  /** Tables whose columns are joined where they exist. */
  readonly optional: readonly string[];
  /** @param paths the tables that exist: full path by relative name */
  convert(paths: ReadonlyMap<string, string>, context: ConversionContext): Promise<PackContents>;
}

/** Reports progress, lets other work run, and throws where the work was called off. */
export async function step(context: ConversionContext, message: string, fraction: number): Promise<void> {
  context.onProgress?.({ message, fraction });
  await new Promise((resolve) => setImmediate(resolve));
  context.signal?.throwIfAborted();
}
