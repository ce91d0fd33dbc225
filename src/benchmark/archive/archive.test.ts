import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { requireData } from "../../../test/data.js";
import { AssayError } from "../../errors.js";
import { TorchTensor } from "../pickle/torchTensor.js";
import { PickleDictionary, type PickleValue } from "../pickle/values.js";
import { unpackBzip2 } from "./bzip2.js";
import { crc32c, maskedCrc32c } from "./crc32c.js";
import { readProtobuf } from "./protobuf.js";
import { readTfRecords } from "./tfRecord.js";
import { readTorchFile } from "./torchFile.js";
import { readZip } from "./zip.js";

const made = JSON.parse(readFileSync(new URL("../pickle/fixtures/pickles.json", import.meta.url), "utf8")) as Record<
  string,
  string
>;
const fixture = (name: string): Uint8Array => Buffer.from(made[name], "base64");

function tensorsOf(value: PickleValue): Record<string, { shape: readonly number[]; values: number[] }> {
  if (!(value instanceof PickleDictionary)) throw new Error("no dictionary");
  return Object.fromEntries(
    [...value.entries()].map(([key, tensor]) => {
      if (!(tensor instanceof TorchTensor)) throw new Error("no tensor");
      return [String(key), { shape: tensor.shape, values: [...tensor.values()] }];
    }),
  );
}

test.each(["torchZip", "torchLegacy"])("%s: tensors are what torch saved", (name) => {
  expect(tensorsOf(readTorchFile(fixture(name), "tensors.pth"))).toEqual({
    w: { shape: [2, 3], values: [0, 0.25, 0.5, 0.75, 1, 1.25] },
    transposed: { shape: [3, 2], values: [0, 0.75, 0.25, 1, 0.5, 1.25] },
    row: { shape: [3], values: [0.75, 1, 1.25] },
    n: { shape: [2], values: [1, -2] },
    h: { shape: [2], values: [0.5, -2] },
    p: { shape: [2], values: [1.5, 2.5] },
  });
});

test("a published file of the older layout gives the published weights", (context) => {
  const folder = requireData(context);
  const tensors = tensorsOf(
    readTorchFile(readFileSync(join(folder, "raw/ofa_mbv3/acc_predictor.pth")), "acc_predictor"),
  );
  expect(Object.values(tensors).map(({ shape }) => shape)).toContainEqual([400, 128]);
  const count = Object.values(tensors).reduce((sum, { values }) => sum + values.length, 0);
  expect(count).toBe(128 * 400 + 400 + 2 * (400 * 400 + 400) + 400 + 1);
  expect(Object.values(tensors).every(({ values }) => values.every((value) => Math.abs(value) < 10))).toBe(true);
});

test("torch files: what would run code, and damage, is refused", () => {
  expect(() => readTorchFile(fixture("torchSystem"), "x.pth")).toThrow(/"posix\.system", which is not allowed/);
  for (const name of ["torchZip", "torchLegacy"]) {
    const bytes = fixture(name);
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => readTorchFile(bytes.subarray(0, length), "x.pth"), `${name} cut to ${length}`).toThrow(AssayError);
    }
  }
});

test("bzip2: unpacks, and refuses bombs and damage", () => {
  const bomb = fixture("bzip2Bomb");
  expect(unpackBzip2(bomb, 1 << 22, "zeros").length).toBe(1 << 22);
  expect(() => unpackBzip2(bomb, 1 << 20, "zeros.bz2")).toThrow(/zeros\.bz2: unpacks to more than 1048576 bytes/);
  expect(() => unpackBzip2(bomb.subarray(0, 20), 1 << 20, "x")).toThrow(/end early/);
  expect(() => unpackBzip2(Buffer.from("BZh9 no, not this"), 1 << 20, "x")).toThrow(AssayError);
  expect(() => unpackBzip2(Buffer.from("no"), 1 << 20, "x")).toThrow(AssayError);
});

test("zip: unpacks stored and deflated files, and refuses bombs and damage", () => {
  const text = Buffer.from("measurements ".repeat(1000));
  const zip = zipOf("a/b.txt", deflateRawSync(text), 8, text.length);
  expect(Buffer.from(readZip(zip, 1 << 20, "z.zip").get("a/b.txt")!())).toEqual(text);
  expect(() => readZip(zip, 1000, "z.zip").get("a/b.txt")!()).toThrow(/unpacks to more than 1000 bytes/);
  const lying = zipOf("a", deflateRawSync(text), 8, 10);
  expect(() => readZip(lying, 1 << 20, "z.zip").get("a")!()).toThrow(/cannot be unpacked/);
  expect(() => readZip(zipOf("a", text, 99, 10), 1 << 20, "z.zip").get("a")!()).toThrow(/unknown method 99/);
  expect(() => readZip(zip.subarray(0, 40), 1 << 20, "z.zip")).toThrow(/no directory/);
});

test("CRC-32C equals the published check values", () => {
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
});

test("TFRecord: records larger than a window, lengths that lie, no descriptor left open", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-records-"));
  try {
    const path = join(folder, "a.tfrecord");
    const records = [Buffer.alloc(5_000_000, 7), Buffer.from("second"), Buffer.alloc(0), Buffer.alloc(4_194_304, 9)];
    writeFileSync(path, Buffer.concat(records.map(recordOf)));
    const read = [...readTfRecords(path)].map(({ bytes }) => createHash("sha256").update(bytes).digest("hex"));
    expect(read).toEqual(records.map((bytes) => createHash("sha256").update(bytes).digest("hex")));
    const lying = recordOf(Buffer.from("x"));
    lying.writeUInt32LE(2 ** 31, 4);
    lying.writeUInt32LE(maskedCrc32c(lying.subarray(0, 8)), 8);
    writeFileSync(path, lying);
    expect(() => [...readTfRecords(path)]).toThrow(/record 0: .* absurdly many/);
    if (existsSync("/proc/self/fd")) {
      const before = countDescriptors();
      for (const _ of readTfRecordsOnce(path, recordOf(Buffer.from("x")))) break;
      expect(countDescriptors()).toBe(before);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("protobuf: reads every wire kind and refuses damage", () => {
  const message = Buffer.from([
    0x08, 0x96, 0x01, 0x12, 0x02, 0x68, 0x69, 0x1d, 0, 0, 0x80, 0x3f, 0x21, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f,
  ]);
  expect(
    [...readProtobuf(message)].map(({ number, kind, value }) => [
      number,
      kind,
      typeof value === "number" ? value : Buffer.from(value).toString(),
    ]),
  ).toEqual([
    [1, "integer", 150],
    [2, "bytes", "hi"],
    [3, "float", 1],
    [4, "double", 1],
  ]);
  for (const bad of [[0x12, 0x7f], [0x08], [0x0b], [0x08, ...new Array<number>(11).fill(255)], [0x00, 0x01]]) {
    expect(() => [...readProtobuf(Uint8Array.from(bad))]).toThrow(RangeError);
  }
});

function recordOf(data: Buffer): Buffer {
  const record = Buffer.alloc(data.length + 16);
  record.writeUInt32LE(data.length, 0);
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8);
  data.copy(record, 12);
  record.writeUInt32LE(maskedCrc32c(data), 12 + data.length);
  return record;
}

function readTfRecordsOnce(path: string, bytes: Buffer): ReturnType<typeof readTfRecords> {
  writeFileSync(path, Buffer.concat([bytes, bytes]));
  return readTfRecords(path);
}

function countDescriptors(): number {
  return readdirSync("/proc/self/fd").length;
}

/** A zip archive of one file. */
function zipOf(name: string, data: Buffer, method: number, size: number): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(data.length, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  return Buffer.concat([local, Buffer.from(name), data, entry, Buffer.from(name), end]);
}
