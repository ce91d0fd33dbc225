import { integersOf, itemsOf } from "./numpyGlobals.js";
import { NumpyType } from "./numpyType.js";
import { TorchStorage, TorchTensor } from "./torchTensor.js";
import { PickleGlobal, PickleTuple, type PickleValue } from "./values.js";

const storageTypes: readonly (readonly [string, string])[] = [
  ["DoubleStorage", "f8"],
  ["FloatStorage", "f4"],
  ["HalfStorage", "f2"],
  ["LongStorage", "i8"],
  ["IntStorage", "i4"],
  ["ShortStorage", "i2"],
  ["CharStorage", "i1"],
  ["ByteStorage", "u1"],
  ["BoolStorage", "b1"],
];

/** What pickles inside torch files name, and the storages that they refer to. */
export interface TorchNames {
  readonly globals: readonly (readonly [string, PickleGlobal])[];
  readonly persistent: (id: PickleValue) => PickleValue;
  /** Every storage that was referred to, by key. */
  readonly storages: ReadonlyMap<string, TorchStorage>;
}

/** Names of tensors and storages. Code that older torch files carry along is left alone. */
export function torchNames(): TorchNames {
  const typeOfStorage = new Map<PickleGlobal, string>();
  const globals: [string, PickleGlobal][] = storageTypes.map(([name, code]) => {
    const storageClass = new PickleGlobal(`torch.${name}`, () => {
      throw new Error("a storage is not made this way");
    });
    typeOfStorage.set(storageClass, code);
    return [`torch ${name}`, storageClass];
  });
  const rebuild = new PickleGlobal("torch._utils._rebuild_tensor", rebuildTensor);
  globals.push(["torch._utils _rebuild_tensor", rebuild], ["torch._utils _rebuild_tensor_v2", rebuild]);
  const parameter = new PickleGlobal("torch._utils._rebuild_parameter", ([data]) => {
    if (!(data instanceof TorchTensor)) throw new Error("a tensor was expected");
    return data;
  });
  globals.push(["torch._utils _rebuild_parameter", parameter]);
  globals.push(["torch Size", new PickleGlobal("torch.Size", ([sizes]) => new PickleTuple(integersOf(sizes)))]);
  const storages = new Map<string, TorchStorage>();
  const persistent = (id: PickleValue): PickleValue => {
    const [kind, storageClass, key, , count, view] = itemsOf(id);
    if (kind !== "storage") throw new Error("it refers to what is not a tensor's storage");
    if (view !== undefined && view !== null) throw new Error("storages inside storages are not read");
    const code = storageClass instanceof PickleGlobal ? typeOfStorage.get(storageClass) : undefined;
    if (code === undefined || typeof key !== "string" || typeof count !== "number") {
      throw new Error("a reference to a storage is malformed");
    }
    const known = storages.get(key);
    if (known !== undefined) {
      if (known.count !== count || known.type.code !== code) throw new Error(`the storage "${key}" has two sizes`);
      return known;
    }
    const storage = new TorchStorage(key, new NumpyType(code), count);
    storages.set(key, storage);
    return storage;
  };
  return { globals, persistent, storages };
}

function rebuildTensor([storage, offset, shape, strides]: readonly PickleValue[]): PickleValue {
  if (!(storage instanceof TorchStorage) || !Number.isSafeInteger(offset)) throw new Error("a storage was expected");
  return new TorchTensor(storage, offset as number, integersOf(shape), integersOf(strides));
}
