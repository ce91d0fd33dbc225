import { AssayError } from "../../errors.js";
import { torchNames } from "../pickle/torchGlobals.js";
import { unpickle } from "../pickle/unpickle.js";
import type { PickleValue } from "../pickle/values.js";
import { looksLikeZip, readZip } from "./zip.js";

const legacyMagic = 0x1950a86a20f9469cfc6cn;
const legacyProtocol = 1001;
const maximumUnpackedBytes = 2 ** 31 - 1;
const maximumObjects = 16_000_000;

/**
 * Reads what `torch.save` wrote, in the zip layout or the older one, by the restricted unpickler. Tensors come as
 * `TorchTensor`. Throws AssayError for anything else.
 */
export function readTorchFile(bytes: Uint8Array, origin: string): PickleValue {
  return looksLikeZip(bytes) ? readZipLayout(bytes, origin) : readLegacyLayout(bytes, origin);
}

function readZipLayout(bytes: Uint8Array, origin: string): PickleValue {
  const files = readZip(bytes, maximumUnpackedBytes, origin);
  const main = [...files.keys()].find((name) => name.endsWith("/data.pkl") || name === "data.pkl");
  if (main === undefined) throw bad(origin, 'there is no "data.pkl" in it');
  const folder = main.slice(0, -"data.pkl".length);
  const order = files.get(`${folder}byteorder`);
  if (order !== undefined && Buffer.from(order()).toString("latin1") !== "little") {
    throw bad(origin, "its tensors are stored big-endian, which is not read");
  }
  const names = torchNames();
  const { value } = unpickle(files.get(main)!(), { origin: `${origin}, ${main}`, maximumObjects, ...names });
  for (const storage of names.storages.values()) {
    const file = files.get(`${folder}data/${storage.key}`);
    if (file === undefined) throw bad(origin, `the data of tensor storage "${storage.key}" are missing`);
    fill(() => storage.fill(file()), origin);
  }
  return value;
}

/** Magic number, protocol, system, value, keys: five pickles; then the storages in the order of the keys. */
function readLegacyLayout(bytes: Uint8Array, origin: string): PickleValue {
  const magic = unpickle(bytes, { origin });
  if (magic.value !== legacyMagic) throw bad(origin, "this is no file of torch.save");
  const version = unpickle(bytes, { origin, start: magic.end });
  if (version.value !== legacyProtocol) throw bad(origin, `the torch protocol ${String(version.value)} is not known`);
  const system = unpickle(bytes, { origin, start: version.end });
  const names = torchNames();
  const { value, end } = unpickle(bytes, { origin, start: system.end, maximumObjects, ...names });
  const keys = unpickle(bytes, { origin, start: end });
  if (!Array.isArray(keys.value)) throw bad(origin, "the list of tensor storages is missing");
  let position = keys.end;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const key of keys.value) {
    const storage = typeof key === "string" ? names.storages.get(key) : undefined;
    if (storage === undefined) throw bad(origin, "it lists a tensor storage that nothing uses");
    if (position + 8 > bytes.length) throw bad(origin, "it ends early, in the tensors");
    const count = Number(view.getBigInt64(position, true));
    const size = storage.count * storage.type.size;
    if (count !== storage.count || position + 8 + size > bytes.length) {
      throw bad(origin, `the tensor storage "${storage.key}" has ${count} elements, or the file ends early`);
    }
    fill(() => storage.fill(bytes.subarray(position + 8, position + 8 + size)), origin);
    position += 8 + size;
  }
  for (const storage of names.storages.values()) {
    if (!storage.filled) throw bad(origin, `the data of tensor storage "${storage.key}" are missing`);
  }
  return value;
}

function fill(work: () => void, origin: string): void {
  try {
    work();
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw bad(origin, (cause as Error).message, cause);
  }
}

function bad(origin: string, what: string, cause?: unknown): AssayError {
  return new AssayError("bad-archive", `${origin}: ${what}.`, undefined, { cause });
}
