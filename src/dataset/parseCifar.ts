import { AssayError } from "../errors.js";
import { checkSize, type RawImages } from "./rawImages.js";

const SIDE = 32;
const CHANNELS = 3;
const VALUES = CHANNELS * SIDE * SIDE;

/** How many label bytes stand before each image, and which of them counts. */
export interface CifarLayout {
  /** 1 for CIFAR-10; 2 (coarse, fine) for CIFAR-100. */
  readonly labelBytes: 1 | 2;
  readonly chosenLabel: 0 | 1;
  readonly classes: number;
}

/** One binary file with its name for messages. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads the binary files of CIFAR-10 or CIFAR-100 into one set: records of label bytes and 3 x 32 x 32 values. */
export function parseCifar(files: readonly NamedBytes[], { labelBytes, chosenLabel, classes }: CifarLayout): RawImages {
  const record = labelBytes + VALUES;
  for (const { name, bytes } of files) {
    if (bytes.length > 0 && bytes.length % record === 0) continue;
    throw wrong(name, `has ${bytes.length} bytes, which is no whole number of records of ${record} bytes`);
  }
  const count = files.reduce((sum, { bytes }) => sum + bytes.length / record, 0);
  checkSize(files.map(({ name }) => name).join(", "), count, VALUES);
  const pixels = new Uint8Array(count * VALUES);
  const labels = new Int32Array(count);
  let image = 0;
  for (const { name, bytes } of files) {
    for (let start = 0; start < bytes.length; start += record, image++) {
      const label = bytes[start + chosenLabel];
      if (label >= classes) throw wrong(name, `has the class ${label} in record ${start / record}; ${classes} exist`);
      labels[image] = label;
      pixels.set(bytes.subarray(start + labelBytes, start + record), image * VALUES);
    }
  }
  return { count, channels: CHANNELS, height: SIDE, width: SIDE, pixels, labels };
}

function wrong(name: string, what: string): AssayError {
  return new AssayError("bad-dataset", `${name} ${what}.`, "Give the folder of the binary version, unpacked.");
}
