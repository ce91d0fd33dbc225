import { NumpyArray } from "./numpyArray.js";
import { NumpyType } from "./numpyType.js";
import { PickleGlobal, PickleTuple, type PickleValue } from "./values.js";

/** What pickles of numpy objects name, under the module names of numpy 1 and 2. */
export function numpyGlobals(): [string, PickleGlobal][] {
  const arrayClass = new PickleGlobal("numpy.ndarray", () => {
    throw new Error("an array is not made this way");
  });
  const reconstruct = new PickleGlobal("numpy._reconstruct", ([givenClass]) => {
    if (givenClass !== arrayClass) throw new Error("only numpy.ndarray is known");
    return new NumpyArray();
  });
  const scalar = new PickleGlobal("numpy.scalar", ([type, bytes]) => {
    if (!(type instanceof NumpyType)) throw new Error("a numpy type was expected");
    const array = new NumpyArray();
    array.fill([], type, false, bytesOf(bytes));
    return type.code === "b1" ? array.values()[0] !== 0 : array.values()[0];
  });
  const dtype = new PickleGlobal("numpy.dtype", ([code]) => {
    if (typeof code !== "string") throw new Error("the name of a type was expected");
    return new NumpyType(code.replace(/^[<>=|]/, ""));
  });
  const fromBuffer = new PickleGlobal("numpy._frombuffer", ([bytes, type, shape, order]) => {
    if (!(type instanceof NumpyType)) throw new Error("a numpy type was expected");
    const array = new NumpyArray();
    array.fill(integersOf(shape), type, order === "F", bytesOf(bytes));
    return array;
  });
  const named: [string, PickleGlobal][] = [
    ["numpy ndarray", arrayClass],
    ["numpy dtype", dtype],
  ];
  for (const core of ["numpy.core", "numpy._core"]) {
    named.push([`${core}.multiarray _reconstruct`, reconstruct]);
    named.push([`${core}.multiarray scalar`, scalar]);
    named.push([`${core}.numeric _frombuffer`, fromBuffer]);
  }
  return named;
}

/** The state of an array: version, shape, type, column-major?, bytes. */
export function restoreArray(array: NumpyArray, state: PickleValue): void {
  const items = itemsOf(state);
  const [shape, type, columnMajor, bytes] = items.slice(-4);
  if (!(type instanceof NumpyType)) throw new Error("a numpy array without a number type");
  array.fill(integersOf(shape), type, columnMajor === true || columnMajor === 1, bytesOf(bytes));
}

/** The state of a type: version, byte order, then things that only compound types have. */
export function restoreType(type: NumpyType, state: PickleValue): void {
  const [, order, ...compound] = itemsOf(state);
  if (order !== "<" && order !== ">" && order !== "|" && order !== "=")
    throw new Error("a numpy type of unknown order");
  if (compound.slice(0, 3).some((part) => part !== null)) throw new Error("compound numpy types are not read");
  type.littleEndian = order !== ">";
}

/** The items of a tuple. */
export function itemsOf(value: PickleValue | undefined): readonly PickleValue[] {
  if (!(value instanceof PickleTuple)) throw new Error("a tuple was expected");
  return value.items;
}

/** The whole numbers of a tuple. */
export function integersOf(value: PickleValue | undefined): number[] {
  return itemsOf(value).map((item) => {
    if (!Number.isSafeInteger(item)) throw new Error("a tuple of whole numbers was expected");
    return item as number;
  });
}

/** Bytes, or the text that Python 2 wrote for them. */
function bytesOf(value: PickleValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return Buffer.from(value, "latin1");
  throw new Error("bytes were expected");
}
