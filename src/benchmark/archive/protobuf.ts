/** A field of a Protocol Buffers message. */
export interface ProtobufField {
  readonly number: number;
  /** Whole numbers, 64-bit floats, or the bytes of texts and messages. */
  readonly value: number | Uint8Array;
  readonly kind: "integer" | "double" | "float" | "bytes";
}

/** The fields of a message in their order. Throws RangeError with the reason where the bytes are no message. */
export function* readProtobuf(message: Uint8Array): Generator<ProtobufField> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let position = 0;
  const advance = (length: number): number => {
    const start = position;
    if (length > message.length - start) throw new RangeError("the message ends early");
    position += length;
    return start;
  };
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[advance(1)];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, value));
    }
    throw new RangeError("a number is too long");
  };
  while (position < message.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (number < 1) throw new RangeError("a field without a number");
    const wire = tag % 8;
    if (wire === 0) yield { number, kind: "integer", value: varint() };
    else if (wire === 1) yield { number, kind: "double", value: view.getFloat64(advance(8), true) };
    else if (wire === 5) yield { number, kind: "float", value: view.getFloat32(advance(4), true) };
    else if (wire === 2) {
      const length = varint();
      if (length < 0) throw new RangeError("a negative length");
      const start = advance(length);
      yield { number, kind: "bytes", value: message.subarray(start, start + length) };
    } else throw new RangeError(`a field of unknown kind ${wire}`);
  }
}
