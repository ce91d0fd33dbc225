import type { OptionSchema, OptionValues } from "../../options.js";
import type { PackContents } from "../pack/contents.js";
import type { ConversionContext } from "../table/converter.js";

/** A published or own file format that can be turned into a pack. One file for each; `import/index.ts` lists them. */
export interface ImportFormat {
  readonly name: string;
  readonly description: string;
  /** What the path must be, in words: "a folder of …". */
  readonly expects: string;
  readonly options: OptionSchema;
  /** Reads a file or folder. Throws AssayError that says what is wrong and where. */
  read(path: string, options: OptionValues, context: ConversionContext): Promise<PackContents>;
}
