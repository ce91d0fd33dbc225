import { AssayError } from "../../errors.js";

/** Reads a pickle byte for byte; every step beyond the end is refused with its position. */
export class PickleReader {
  /** Where the next byte is read. */
  position: number;
  /** Where the present opcode stands, for messages. */
  opcodeAt: number;
  readonly #bytes: Buffer;
  readonly #origin: string;

  /** @param origin what is read, for messages: a file name */
  constructor(bytes: Uint8Array, position: number, origin: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
    this.opcodeAt = position;
    this.#origin = origin;
  }

  /** The error for something that is not allowed or not understood at the present opcode. */
  refuse(what: string): AssayError {
    const hint = "Only plain data, numpy arrays and torch tensors are read; nothing in a pickle is ever executed.";
    return new AssayError("bad-pickle", `${this.#origin}, byte ${this.opcodeAt}: ${what}.`, hint);
  }

  byte(): number {
    return this.#bytes[this.#advance(1)];
  }

  uint16(): number {
    return this.#bytes.readUInt16LE(this.#advance(2));
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#advance(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#advance(4));
  }

  /** A length of eight bytes; one that cannot be true is refused before it is used. */
  length8(): number {
    const at = this.#advance(8);
    const length = this.#bytes.readUInt32LE(at) + this.#bytes.readUInt32LE(at + 4) * 2 ** 32;
    this.#check(length);
    return length;
  }

  float64(): number {
    return this.#bytes.readDoubleBE(this.#advance(8));
  }

  /** The next bytes, without a copy. */
  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number, encoding: "utf8" | "latin1" = "utf8"): string {
    const start = this.#advance(length);
    return this.#bytes.toString(encoding, start, start + length);
  }

  /** The rest of the line, without its line feed. */
  line(maximumLength = 1 << 20): string {
    const end = this.#bytes.indexOf(10, this.position);
    if (end < 0) throw this.refuse("the data end in the middle of a line");
    if (end - this.position > maximumLength) throw this.refuse("a line is too long");
    const line = this.#bytes.toString("latin1", this.position, end);
    this.position = end + 1;
    return line;
  }

  #advance(length: number): number {
    this.#check(length);
    const start = this.position;
    this.position += length;
    return start;
  }

  #check(length: number): void {
    const left = this.#bytes.length - this.position;
    if (length < 0 || length > left) throw this.refuse(`the data end early: ${length} bytes wanted, ${left} are left`);
  }
}
