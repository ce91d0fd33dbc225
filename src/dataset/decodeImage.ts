import { convertIndexedToRgb, type DecodedPng, decode } from "fast-png";
import { AssayError } from "../errors.js";

/** One picture, channel-first, values 0..255. */
export interface Picture {
  /** 1 for a grey file, 3 for a coloured one. */
  readonly channels: 1 | 3;
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

/** Largest side of a picture that is read. */
const maximumSide = 2048;

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const NEEDED = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];
const CHANNELS_OF_COLOUR_TYPE: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Decodes a PNG file of any colour type and depth. Transparent parts darken towards black; 16 bits are cut to 8.
 *
 * @param origin name of the file, for messages
 */
export function decodeImage(bytes: Uint8Array, origin: string): Picture {
  const plain = withoutExtras(bytes, origin);
  let image: DecodedPng;
  try {
    image = decode(plain, { checkCrc: true });
    return toPicture(image);
  } catch (cause) {
    throw wrong(origin, `cannot be decoded (${(cause as Error).message})`, cause);
  }
}

/**
 * The chunks that make the picture, after a look at their sizes: what travels along (colour profiles, texts) is never unpacked, and
 * pixel data that could unpack to far more than the picture are refused.
 */
function withoutExtras(bytes: Uint8Array, origin: string): Uint8Array {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) throw wrong(origin, "is no PNG file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = new Uint8Array(bytes.length);
  kept.set(bytes.subarray(0, 8));
  let length = 8;
  let data = 0;
  let most = -1;
  for (let position = 8; position + 12 <= bytes.length; ) {
    const end = position + 12 + view.getUint32(position);
    const type = String.fromCharCode(...bytes.subarray(position + 4, position + 8));
    if (end > bytes.length) throw wrong(origin, "ends early");
    if (most < 0) most = largestData(type, view, position + 8, end, origin);
    if (type === "IDAT") data += end - position - 12;
    if (data > most) throw wrong(origin, `holds ${data} bytes of pixel data, more than its size explains`);
    if (NEEDED.includes(type)) {
      kept.set(bytes.subarray(position, end), length);
      length += end - position;
    }
    if (type === "IEND") return kept.slice(0, length);
    position = end;
  }
  throw wrong(origin, "ends early");
}

/** How many bytes of pixel data a picture can need; read from its header, which must come first. */
function largestData(type: string, view: DataView, start: number, end: number, origin: string): number {
  if (type !== "IHDR" || end - start < 17) throw wrong(origin, "does not begin with a header");
  const [width, height] = [view.getUint32(start), view.getUint32(start + 4)];
  const [depth, channels] = [view.getUint8(start + 8), CHANNELS_OF_COLOUR_TYPE[view.getUint8(start + 9)] ?? 0];
  if (width === 0 || height === 0 || channels === 0) throw wrong(origin, "has a header that makes no sense");
  if (width > maximumSide || height > maximumSide) {
    throw wrong(origin, `is ${width} x ${height}; the largest side that is read is ${maximumSide}`);
  }
  const raw = height * (1 + Math.ceil((width * channels * depth) / 8));
  return Math.ceil(raw * 1.1) + 2 * height + 1024;
}

function toPicture(image: DecodedPng): Picture {
  const { width, height } = image;
  const isIndexed = image.palette !== undefined;
  const values = isIndexed ? convertIndexedToRgb(image) : unpackDepth(image);
  const sourceChannels = values.length / (width * height);
  const hasAlpha = sourceChannels === 2 || sourceChannels === 4;
  const channels = sourceChannels < 3 ? 1 : 3;
  const pixels = new Uint8Array(channels * height * width);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const start = pixel * sourceChannels;
    const alpha = hasAlpha ? values[start + sourceChannels - 1] : 255;
    for (let channel = 0; channel < channels; channel++) {
      pixels[channel * height * width + pixel] = Math.round((values[start + channel] * alpha) / 255);
    }
  }
  return { channels, height, width, pixels };
}

/** Values of 1, 2, 4 or 16 bits as 8 bits. Rows of less than 8 bits begin at whole bytes. */
function unpackDepth({ data, depth, width, height, channels }: DecodedPng): Uint8Array | Uint8ClampedArray {
  if (data instanceof Uint16Array) return Uint8Array.from(data, (value) => value >> 8);
  if (depth === 8) return data;
  const perRow = width * channels;
  const rowBytes = Math.ceil((perRow * depth) / 8);
  const largest = (1 << depth) - 1;
  const values = new Uint8Array(perRow * height);
  for (let row = 0; row < height; row++) {
    for (let i = 0; i < perRow; i++) {
      const bit = i * depth;
      const byte = data[row * rowBytes + (bit >> 3)];
      values[row * perRow + i] = (((byte >> (8 - depth - (bit & 7))) & largest) * 255) / largest;
    }
  }
  return values;
}

function wrong(origin: string, what: string, cause?: unknown): AssayError {
  return new AssayError("bad-dataset", `${origin} ${what}.`, "Mend or remove the file.", { cause });
}
