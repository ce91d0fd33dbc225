import type { Layout } from "./layout.js";

/** Where layouts are kept, since they take seconds to make. */
export interface LayoutStore {
  /** Undefined where there is none of this key. */
  read(key: string): Layout | undefined;
  /** May fail without a word: a layout can be made again. */
  write(key: string, layout: Layout): void;
}
