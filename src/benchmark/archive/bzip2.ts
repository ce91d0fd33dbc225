import { createRequire } from "node:module";
import { AssayError } from "../../errors.js";

/** The part of the seek-bzip library that is used. */
interface Bzip2 {
  decode(
    input: { readByte(): number; read(into: Uint8Array, start: number, length: number): number; eof(): boolean },
    output: { writeByte(byte: number): void },
    multistream: boolean,
  ): void;
}

/**
 * Unpacks bzip2 data, several streams after another included; checksums are checked.
 *
 * @param maximumBytes more than this is refused, so that a small file cannot fill the memory
 * @param origin what is unpacked, for messages: a file name
 */
export function unpackBzip2(packed: Uint8Array, maximumBytes: number, origin: string): Uint8Array {
  const library = createRequire(import.meta.url)("seek-bzip") as Bzip2;
  const fail = (what: string, cause?: unknown): AssayError =>
    new AssayError("bad-archive", `${origin}: ${what}.`, undefined, { cause });
  let unpacked = new Uint8Array(Math.min(maximumBytes, Math.max(4096, packed.length * 8)));
  let length = 0;
  let position = 0;
  const readByte = (): number => {
    if (position >= packed.length) throw fail("the bzip2 data end early");
    return packed[position++];
  };
  const input = {
    readByte,
    read(into: Uint8Array, start: number, count: number): number {
      for (let i = 0; i < count; i++) into[start + i] = readByte();
      return count;
    },
    eof: () => position >= packed.length,
  };
  const output = {
    writeByte(byte: number): void {
      if (length === unpacked.length) {
        if (length >= maximumBytes) throw fail(`unpacks to more than ${maximumBytes} bytes`);
        const grown = new Uint8Array(Math.min(maximumBytes, length * 2));
        grown.set(unpacked);
        unpacked = grown;
      }
      unpacked[length++] = byte;
    },
  };
  try {
    library.decode(input, output, true);
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw fail(`is not sound bzip2 data (${(error as Error).message})`, error);
  }
  return unpacked.subarray(0, length);
}
