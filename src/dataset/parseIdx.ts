import { AssayError } from "../errors.js";
import { checkSize } from "./rawImages.js";

/** An array of bytes as an IDX file holds it. */
export interface IdxArray {
  readonly sizes: readonly number[];
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 8;

/**
 * Reads an IDX file of unsigned bytes (the format of MNIST: two zeros, type, number of axes, their big-endian sizes, the values).
 *
 * @param axes the number of axes that are allowed
 * @param origin name of the file, for messages
 */
export function parseIdx(bytes: Uint8Array, axes: readonly number[], origin: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0)
    throw wrong(origin, "is no IDX file: it does not begin with two zeros");
  const [type, rank] = [bytes[2], bytes[3]];
  if (type !== UNSIGNED_BYTE) throw wrong(origin, `holds values of type ${type}; only unsigned bytes (8) are read`);
  if (!axes.includes(rank)) throw wrong(origin, `has ${rank} axes instead of ${axes.join(" or ")}`);
  const start = 4 + 4 * rank;
  if (bytes.length < start) throw wrong(origin, "ends within its header");
  const sizes = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (sizes.includes(0)) throw wrong(origin, "is empty");
  const perImage = sizes.slice(1).reduce((product, size) => product * size, 1);
  checkSize(origin, sizes[0], perImage);
  const expected = start + sizes[0] * perImage;
  if (bytes.length !== expected) {
    throw wrong(origin, `has ${bytes.length} bytes where its header (${sizes.join(" x ")}) asks for ${expected}`);
  }
  return { sizes, values: bytes.subarray(start) };
}

function wrong(origin: string, what: string): AssayError {
  return new AssayError("bad-dataset", `${origin} ${what}.`, "Download it again, or give another folder.");
}
