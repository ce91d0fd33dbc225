import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AssayError } from "../../errors.js";
import { bytesOf, lengthBytes, tuple, type Writable, writePickle } from "./fixtures/writePickle.js";
import { NumpyArray } from "./numpyArray.js";
import { unpickle } from "./unpickle.js";
import { PickleDictionary, PickleSet, PickleTuple, type PickleValue } from "./values.js";

const made = JSON.parse(readFileSync(new URL("fixtures/pickles.json", import.meta.url), "utf8")) as Record<
  string,
  string
>;
const fixture = (name: string): Uint8Array => Buffer.from(made[name], "base64");
const read = (bytes: Uint8Array, maximumObjects?: number): PickleValue =>
  unpickle(bytes, { origin: "test.pickle", ...(maximumObjects === undefined ? {} : { maximumObjects }) }).value;

/** The value as plain data that `toEqual` compares. */
function plain(value: PickleValue): unknown {
  if (value instanceof PickleDictionary) {
    return new Map([...value.entries()].map(([key, item]) => [JSON.stringify(plain(key)), plain(item)]));
  }
  if (value instanceof PickleTuple) return { tuple: value.items.map(plain) };
  if (value instanceof PickleSet) return new Set([...value.values()].map(plain));
  if (value instanceof NumpyArray) return { shape: value.shape, values: [...value.values()] };
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

describe("reads what Python writes", () => {
  for (const protocol of [0, 1, 2, 3, 4, 5]) {
    test(`plain data, protocol ${protocol}`, () => {
      expect(plain(read(fixture(`plain${protocol}`)))).toEqual(
        new Map<string, unknown>([
          ['"a"', 1],
          ['"b"', [1, 2.5, -3, 2 ** 40, 2n ** 70n, null, true, "é"]],
          [
            '"c"',
            new Map<string, unknown>([
              ['{"tuple":["x",7]}', new Set([1, 2])],
              ['"t"', { tuple: [1, { tuple: [2, 3] }] }],
              ['"f"', new Set([4])],
            ]),
          ],
          ['"d"', [0, 255, ...Buffer.from("bytes")]],
        ]),
      );
    });
  }
  for (const protocol of [0, 2, 4, 5]) {
    test(`numpy arrays and scalars, protocol ${protocol}`, () => {
      expect(plain(read(fixture(`numpy${protocol}`)))).toEqual(
        new Map<string, unknown>([
          ['"f8"', { shape: [2, 2], values: [1.5, 2, 3, -4] }],
          ['"f4"', { shape: [2], values: [1.25, 2] }],
          ['"i8"', { shape: [3], values: [1, -2, 3] }],
          ['"u1"', { shape: [2], values: [7, 255] }],
          ['"b1"', { shape: [2], values: [1, 0] }],
          ['"big"', { shape: [2], values: [1.5, 2] }],
          ['"fortran"', { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }],
          ['"scalar"', 0.25],
          ['"whole"', -9],
          ['"truth"', true],
        ]),
      );
    });
  }
  test("any nesting of plain values", () => {
    const { value } = fc.letrec<{ value: Writable }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        fc.double({ noNaN: true }),
        fc.string({ unit: "grapheme" }),
        fc.array(tie("value"), { maxLength: 5 }),
        fc.array(tie("value"), { maxLength: 5 }).map((items) => tuple(...items)),
        fc.array(fc.tuple(fc.string(), tie("value")), { maxLength: 5 }).map((pairs) => new Map(pairs)),
      ),
    }));
    const expected = (given: Writable): unknown => {
      if (given instanceof Map)
        return new Map([...given].map(([key, item]) => [JSON.stringify(key), expected(item)] as const));
      if (Array.isArray(given)) return given.map(expected);
      if (given !== null && typeof given === "object" && "tuple" in given) return { tuple: given.tuple.map(expected) };
      return given;
    };
    fc.assert(
      fc.property(value, (given) => {
        expect(plain(read(writePickle(given)))).toEqual(expected(given));
      }),
    );
  });
});

describe("refuses what could run code", () => {
  const hostile: [what: string, bytes: Uint8Array, message: RegExp][] = [
    ["os.system, protocol 0", fixture("system0"), /"posix\.system", which is not allowed/],
    ["os.system, protocol 2", fixture("system2"), /byte 2: .*"posix\.system", which is not allowed/],
    ["os.system, protocol 4", fixture("system4"), /"posix\.system", which is not allowed/],
    ["eval", fixture("eval"), /"__builtin__\.eval", which is not allowed/],
    ["open", fixture("open"), /"io\.open", which is not allowed/],
    ["getattr", fixture("getattr"), /"builtins\.getattr", which is not allowed/],
    ["pickle.loads", fixture("loads"), /"_pickle\.loads", which is not allowed/],
    ["exec by hand", bytesOf("cbuiltins\nexec\n(S'1'\ntR."), /"builtins\.exec", which is not allowed/],
    [
      "a dotted way to another function",
      bytesOf(0x80, 4, 0x8c, 11, "collections", 0x8c, 18, "OrderedDict.__init", 0x93, "."),
      /OrderedDict\.__init/,
    ],
    [
      "names of JavaScript's own",
      bytesOf("c__proto__\nconstructor\n."),
      /"__proto__\.constructor", which is not allowed/,
    ],
    ["a module named by a number", bytesOf(0x80, 4, "K\x01", 0x8c, 3, "set", 0x93, "."), /named by what is not a text/],
    ["INST", bytesOf("(ios\nsystem\n."), /INST makes an object/],
    ["OBJ", bytesOf("(cbuiltins\nset\no."), /OBJ makes an object/],
    ["NEWOBJ_EX", bytesOf("cbuiltins\nset\n)}", 0x92, "."), /NEWOBJ_EX/],
    ["EXT1", bytesOf(0x80, 2, 0x82, 1, "."), /EXT1/],
    ["EXT4", bytesOf(0x80, 2, 0x84, 1, 0, 0, 0, "."), /EXT4/],
    ["a persistent id", bytesOf("Pstorage\n."), /outside the file/],
    ["a binary persistent id", bytesOf("K\x01Q."), /outside the file/],
    ["an out-of-band buffer", bytesOf(0x80, 5, 0x97, "."), /outside the file/],
    ["a call of a text", bytesOf("S'os.system'\n)R."), /calls what is not a function/],
    ["a call without a tuple", bytesOf("cbuiltins\nset\n]R."), /without a tuple/],
    ["state for a plain value", bytesOf("]}b."), /sets the state/],
    ["state for a function", bytesOf("cbuiltins\nset\n}b."), /sets the state/],
    ["codecs other than latin1", bytesOf("c_codecs\nencode\n(S'a'\nS'rot13'\ntR."), /only latin1/],
    ["numpy arrays of objects", fixture("numpyObjects"), /numpy type "O8"/],
    ["structured numpy arrays", fixture("numpyStructured"), /numpy type "V8"/],
  ];
  test.each(hostile)("%s", (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(AssayError);
    expect(() => read(bytes)).toThrow(message);
    expect(() => read(bytes)).toThrow(/test\.pickle, byte \d+: /);
  });
  test("dictionary keys stay data", () => {
    const value = read(
      writePickle(
        new Map<Writable, Writable>([
          ["__proto__", 1],
          ["constructor", 2],
        ]),
      ),
    );
    expect((value as PickleDictionary).get("__proto__")).toBe(1);
    expect((value as PickleDictionary).get("toString")).toBeUndefined();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("refuses damaged data and absurd sizes", () => {
  test("every truncation of a sound pickle", () => {
    for (const name of ["plain0", "plain2", "plain4", "numpy2", "numpy4"]) {
      const bytes = fixture(name);
      for (let length = 0; length < bytes.length; length++) {
        expect(() => read(bytes.subarray(0, length)), `${name} cut to ${length}`).toThrow(AssayError);
      }
    }
  });
  test("any change of any byte is read as data or refused, never another kind of error", () => {
    const names = ["plain0", "plain2", "plain4", "numpy0", "numpy2", "numpy5"];
    const change = fc.tuple(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(change, ([name, position, byte]) => {
        const bytes = Uint8Array.from(fixture(name));
        bytes[position % bytes.length] = byte;
        try {
          read(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(AssayError);
        }
      }),
      { numRuns: 2000 },
    );
  });
  const absurd: [what: string, bytes: Uint8Array, message: RegExp][] = [
    [
      "a text longer than the file",
      bytesOf("X", lengthBytes(2 ** 32 - 1), "a."),
      /4294967295 bytes wanted, 2 are left/,
    ],
    ["bytes of an impossible length", bytesOf(0x80, 4, 0x8e, 255, 255, 255, 255, 255, 255, 255, 127, "."), /end early/],
    ["a negative length", bytesOf("T", 255, 255, 255, 255, "a."), /-1 bytes wanted/],
    ["a frame longer than the file", bytesOf(0x80, 4, 0x95, 0, 0, 0, 0, 1, 0, 0, 0, "N."), /end early/],
    ["an enormous whole number", bytesOf(0x8b, lengthBytes(5000), new Uint8Array(5000), "."), /a whole number of 5000/],
    ["an enormous number in digits", bytesOf("I", "9".repeat(5000), "\n."), /line is too long/],
    [
      "a memo number in the billions",
      bytesOf("Nr", lengthBytes(2 ** 32 - 1), "."),
      /remembered under number 4294967295/,
    ],
    ["a value that was never remembered", bytesOf("h", 7, "."), /nothing is remembered under number 7/],
    ["marks without end", bytesOf("(".repeat(20_000), "."), /nested too deeply/],
    ["lists in lists without end", bytesOf("]".repeat(1_100_000), "."), /nested too deeply/],
    ["an empty stack", bytesOf("."), /value is missing on the stack/],
    ["values left over", bytesOf("NN."), /left over/],
    ["a missing mark", bytesOf("t."), /a mark is missing/],
    ["a value from below the mark", bytesOf("N(a."), /value is missing on the stack/],
    ["a key without value", bytesOf("}(K\x01u."), /key without a value/],
    ["a list as key", bytesOf("}]Ns."), /key or set member is not/],
    ["appending to a number", bytesOf("K\x01K\x02a."), /not a list/],
    ["an unknown opcode", bytesOf(0xff, "."), /there is no opcode 0xff/],
    ["an unknown protocol", bytesOf(0x80, 9, "N."), /protocol 9/],
    ["a numpy array with too few bytes", numpyArray(tuple(1000, 1000), "abcdefgh"), /8 bytes instead of 8000000 bytes/],
    ["a numpy array of absurd shape", numpyArray(tuple(2 ** 30, 2 ** 30), "abcdefgh"), /absurdly large/],
    ["a numpy array of negative shape", numpyArray(tuple(-1, -8), "abcdefgh"), /length -1/],
  ];
  test.each(absurd)("%s", (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(AssayError);
    expect(() => read(bytes)).toThrow(message);
  });
  test("more objects than allowed", () => {
    expect(() => read(bytesOf("]", ...Array.from({ length: 200 }, () => "}a"), "."), 100)).toThrow(/more than 100 obj/);
    const remembered = bytesOf("]", ...Array.from({ length: 200 }, () => bytesOf("}", 0x94, "0")), ".");
    expect(() => read(remembered, 100)).toThrow(/more than 100 objects/);
  });
  test("shared tuples that would unfold to 2^60 members are no key", () => {
    const doubling = Array.from({ length: 60 }, (_, i) => bytesOf("h", i, "h", i, 0x86, "q", i + 1, "0"));
    const bytes = bytesOf("}(K\x01q", 0, "0", ...doubling, "h", 60, "Nu.");
    expect(() => read(bytes)).toThrow(/key or set member is too large/);
  });
});

/** A numpy array written by hand with the wrong bytes for its shape. */
function numpyArray(shape: Writable, data: string): Uint8Array {
  const inner = writePickle(shape).subarray(2, -1);
  return bytesOf(
    "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tS'b'\ntR(K\x01",
    inner,
    "cnumpy\ndtype\n(S'f8'\nI00\nI01\ntR(K\x03S'<'\nNNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb",
    0x89,
    bytesOf("U", data.length, data),
    "tb.",
  );
}
