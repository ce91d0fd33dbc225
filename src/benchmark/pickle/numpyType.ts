/** A numpy data type that holds one number. */
export class NumpyType {
  /** As in numpy: "f8", "i4", "b1". */
  readonly code: string;
  readonly size: number;
  littleEndian = true;

  constructor(code: string) {
    const reader = readers.get(code);
    if (reader === undefined) throw new Error(`the numpy type "${code}" is not a known number type`);
    this.code = code;
    this.size = Number(code.slice(1));
  }

  /** The number at a byte position. */
  read(view: DataView, position: number): number {
    return readers.get(this.code)!(view, position, this.littleEndian);
  }
}

type Reader = (view: DataView, position: number, littleEndian: boolean) => number;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["f8", (view, position, little) => view.getFloat64(position, little)],
  ["f4", (view, position, little) => view.getFloat32(position, little)],
  ["f2", (view, position, little) => halfToNumber(view.getUint16(position, little))],
  ["i8", (view, position, little) => Number(view.getBigInt64(position, little))],
  ["i4", (view, position, little) => view.getInt32(position, little)],
  ["i2", (view, position, little) => view.getInt16(position, little)],
  ["i1", (view, position) => view.getInt8(position)],
  ["u8", (view, position, little) => Number(view.getBigUint64(position, little))],
  ["u4", (view, position, little) => view.getUint32(position, little)],
  ["u2", (view, position, little) => view.getUint16(position, little)],
  ["u1", (view, position) => view.getUint8(position)],
  ["b1", (view, position) => view.getUint8(position)],
]);

function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
