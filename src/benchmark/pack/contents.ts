import type { Column, PackMetadata } from "../contract.js";

/** What a converter or importer hands to the pack writer: everything but what the writer itself works out. */
export interface PackContents {
  readonly metadata: Omit<PackMetadata, "schema" | "rows" | "checksum">;
  /** Numeric columns in the order of the file. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Text columns, written after the numeric ones. */
  readonly text: ReadonlyMap<string, readonly string[]>;
  /** Compress every column (Snappy): smaller files for packs that travel, a little slower to load. Default false. */
  readonly compact?: boolean;
}
