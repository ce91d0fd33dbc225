/** What a Parquet page header says about the bytes behind it. */
export interface PageHeader {
  /** 0 data page, 2 dictionary page, 3 data page of the second version. */
  readonly type: number;
  readonly uncompressedSize: number;
  readonly compressedSize: number;
  readonly values: number;
  /** 0 is plain. */
  readonly encoding: number;
  readonly nulls: number;
  /** Bytes of levels in front of the values (second version). */
  readonly levelBytes: number;
  readonly compressed: boolean;
  /** Where the page's bytes start. */
  readonly end: number;
}

type Struct = Map<number, number | boolean | Struct | undefined>;

/**
 * Reads a page header: a struct in Thrift's compact protocol (https://parquet.apache.org/docs/file-format/data-pages).
 * hyparquet decodes pages only asynchronously and as a whole; a pack decodes single columns when they are asked for.
 */
export function readPageHeader(bytes: Uint8Array, position: number): PageHeader {
  const reader = new CompactReader(bytes, position);
  const header = reader.struct(0);
  const number = (struct: Struct | undefined, field: number): number => {
    const value = struct?.get(field);
    return typeof value === "number" ? value : 0;
  };
  const part = (field: number): Struct | undefined => {
    const value = header.get(field);
    return value instanceof Map ? value : undefined;
  };
  const first = part(5);
  const second = part(8);
  return {
    type: number(header, 1),
    uncompressedSize: number(header, 2),
    compressedSize: number(header, 3),
    values: number(first ?? second, 1),
    encoding: first === undefined ? number(second, 4) : number(first, 2),
    nulls: number(second, 2),
    levelBytes: number(second, 5) + number(second, 6),
    compressed: second?.get(7) !== false,
    end: reader.position,
  };
}

const maximumDepth = 8;

class CompactReader {
  position: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.position = position;
  }

  struct(depth: number): Struct {
    if (depth > maximumDepth) throw new RangeError("page header nested too deeply");
    const fields: Struct = new Map();
    let field = 0;
    for (;;) {
      const byte = this.#byte();
      const type = byte & 15;
      if (type === 0) return fields;
      const delta = byte >> 4;
      field = delta === 0 ? this.#zigzag() : field + delta;
      fields.set(field, this.#value(type, depth));
    }
  }

  #value(type: number, depth: number): number | boolean | Struct | undefined {
    if (type === 1 || type === 2) return type === 1;
    if (type === 3) return this.#byte();
    if (type >= 4 && type <= 6) return this.#zigzag();
    if (type === 12) return this.struct(depth + 1);
    if (type === 7) this.position += 8;
    else if (type === 8) this.position += this.#unsigned();
    else throw new RangeError(`page header holds a field of unexpected type ${type}`);
    return undefined;
  }

  #byte(): number {
    if (this.position >= this.#bytes.length) throw new RangeError("page header ends early");
    return this.#bytes[this.position++];
  }

  #unsigned(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw new RangeError("page header holds a number that is too long");
  }

  #zigzag(): number {
    const value = this.#unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
