import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { readParquet, writeParquet } from "parquet-wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AssayError } from "../../errors.js";
import type { Column, PackMetadata } from "../contract.js";
import { createColumn } from "./columns.js";
import type { PackContents } from "./contents.js";
import { createPack } from "./memory.js";
import { openPack } from "./open.js";
import { spreadPack } from "./spread.js";
import { completeMetadata, encodePack, savePack } from "./write.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-pack-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function contentsOf(columns: Record<string, Column>, text: Record<string, string[]> = {}): PackContents {
  const [first] = Object.keys(columns);
  return {
    metadata: {
      name: "made/up",
      title: "Made up",
      space: { name: "nasbench201", options: { dataset: "cifar10" } },
      metrics: Object.keys(columns).map((name) => ({ name, unit: "percent", description: name })),
      label: first,
      labelRule: "mean",
      seedLabels: {},
      test: first,
      source: "made up",
      licence: "none",
      notes: ["a note"],
    },
    columns: new Map(Object.entries(columns)),
    text: new Map(Object.entries(text)),
  };
}

const sample = (): PackContents =>
  contentsOf(
    {
      accuracy: Float64Array.of(91.5, Number.NaN, -0, Number.MAX_VALUE),
      loss: Float32Array.of(0.25, Number.NaN, Number.POSITIVE_INFINITY, 1e-40),
      params: Int32Array.of(0, -1, 2 ** 31 - 1, -(2 ** 31)),
      sparse: Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 7),
    },
    { architecture: ["|none~0|", "", "ünïcode ☃", "a\nb"] },
  );

function save(name: string, contents: PackContents): string {
  const file = join(folder, `${name}.parquet`);
  savePack(contents, file);
  return file;
}

describe("a pack file", () => {
  test("gives back what was written, every kind of column", () => {
    const contents = sample();
    const pack = openPack(save("sample", contents), { verify: true });
    expect(pack.columns).toEqual(["accuracy", "loss", "params", "sparse"]);
    expect(pack.textColumns).toEqual(["architecture"]);
    for (const [name, column] of contents.columns) expect(pack.column(name)).toEqual(column);
    expect(pack.text("architecture")).toEqual(contents.text.get("architecture"));
    expect(pack.metadata).toEqual(completeMetadata(contents));
    expect(pack.column("accuracy")).toBe(pack.column("accuracy"));
    expect(pack.column("accuracy").buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test("may be compact: smaller, with the same checksum", () => {
    const texts = Array.from({ length: 2000 }, (_, row) => `|nor_conv_3x3~0|+|skip_connect~${row % 7}|`);
    const contents = contentsOf({ accuracy: Float32Array.from(texts, (_, row) => row % 9) }, { architecture: texts });
    const compact = openPack(save("compact", { ...contents, compact: true }), { verify: true });
    expect(compact.metadata).toEqual(completeMetadata(contents));
    expect(compact.text("architecture")).toEqual(texts);
    expect(encodePack({ ...contents, compact: true }).length).toBeLessThan(encodePack(contents).length / 3);
  });
  test("gives back any columns", () => {
    const double = fc.array(fc.double(), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        double,
        fc.array(fc.string({ unit: "grapheme" }), { minLength: 200, maxLength: 200 }),
        (values, texts) => {
          const contents = contentsOf(
            { a: Float64Array.from(values), b: Float32Array.from(values), c: Int32Array.from(values) },
            { t: texts.slice(0, values.length) },
          );
          const pack = openPack(save("any", contents), { verify: true });
          for (const [name, column] of contents.columns) expect(pack.column(name)).toEqual(column);
          expect(pack.text("t")).toEqual(texts.slice(0, values.length));
        },
      ),
      { numRuns: 30 },
    );
  });

  test("is read the same by two other readers of Parquet", async () => {
    const contents = sample();
    const bytes = encodePack(contents);
    const direct = await parquetReadObjects({ file: bytes.slice().buffer });
    // Decoded by the Rust implementation and written by it in its own layout.
    const rewritten = writeParquet(readParquet(bytes));
    const indirect = await parquetReadObjects({ file: rewritten.slice().buffer });
    for (const rows of [direct, indirect]) {
      expect(rows.length).toBe(4);
      for (const [name, column] of [...contents.columns, ...contents.text]) {
        expect(
          rows.map((row) => row[name]),
          name,
        ).toEqual([...column]);
      }
    }
    const footer = parquetMetadata(bytes.slice().buffer);
    const stored = JSON.parse(footer.key_value_metadata!.find(({ key }) => key === "assay")!.value!) as PackMetadata;
    expect(stored).toEqual(completeMetadata(contents));
    expect(footer.schema.slice(1).map(({ type }) => type)).toEqual([
      "DOUBLE",
      "FLOAT",
      "INT32",
      "DOUBLE",
      "BYTE_ARRAY",
    ]);
  });

  test("may have several row groups and pages", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i / 7);
    const contents = contentsOf({ accuracy: values });
    const bytes = parquetWriteBuffer({
      columnData: [{ name: "accuracy", data: values, type: "DOUBLE", nullable: false, encoding: "PLAIN" }],
      rowGroupSize: 300,
      pageSize: 512,
      kvMetadata: [{ key: "assay", value: JSON.stringify(completeMetadata(contents)) }],
    });
    writeFileSync(join(folder, "groups.parquet"), new Uint8Array(bytes));
    expect(openPack(join(folder, "groups.parquet"), { verify: true }).column("accuracy")).toEqual(values);
  });

  test("leaves no temporary file, and none where writing fails", () => {
    const own = join(folder, "own");
    savePack(sample(), join(own, "deep/er.parquet"));
    expect(readdirSync(join(own, "deep"))).toEqual(["er.parquet"]);
    expect(() => savePack(sample(), join(own, "deep"))).toThrow(AssayError);
    expect(() => savePack(sample(), join(own, "deep/er.parquet/below.parquet"))).toThrow(/Cannot write/);
    expect(readdirSync(own)).toEqual(["deep"]);
  });
});

describe("refuses", () => {
  const refused = (name: string, bytes: Uint8Array | string): (() => unknown) => {
    const file = join(folder, `${name}.parquet`);
    writeFileSync(file, bytes);
    return () => openPack(file, { verify: true });
  };
  const packWith = (change: (metadata: Record<string, unknown>) => void): Uint8Array => {
    const contents = sample();
    const metadata = structuredClone(completeMetadata(contents)) as unknown as Record<string, unknown>;
    change(metadata);
    return new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: "accuracy", data: [1, 2, 3, 4], type: "DOUBLE", nullable: false, encoding: "PLAIN" }],
        kvMetadata: [{ key: "assay", value: JSON.stringify(metadata) }],
      }),
    );
  };

  test("a changed value, by the checksum, only when asked to verify", () => {
    const file = save("changed", sample());
    const bytes = readFileSync(file);
    const at = bytes.indexOf(Buffer.from(Float64Array.of(91.5).buffer));
    bytes.writeDoubleLE(91.6, at);
    const verify = refused("changed", bytes);
    expect(verify).toThrow(/do not match its checksum/);
    expect(openPack(file).column("accuracy")[0]).toBe(91.6);
  });

  test.each<[string, Uint8Array | string, RegExp]>([
    ["short", "PAR1", /too short/],
    ["text", "a text file that is no Parquet file", /does not end like a Parquet file/],
    [
      "footer",
      Buffer.concat([Buffer.alloc(50), Buffer.from([255, 255, 255, 127]), Buffer.from("PAR1")]),
      /impossible length/,
    ],
    ["noise", Buffer.concat([Buffer.alloc(50, 0x5c), Buffer.from([40, 0, 0, 0]), Buffer.from("PAR1")]), /not a pack/],
  ])("%s", (name, bytes, message) => {
    expect(refused(name, bytes)).toThrow(AssayError);
    expect(refused(name, bytes)).toThrow(message);
  });

  test("Parquet files without sound metadata", () => {
    const plain = parquetWriteBuffer({ columnData: [{ name: "a", data: [1], type: "DOUBLE" }] });
    expect(refused("plain", new Uint8Array(plain))).toThrow(/without the metadata "assay"/);
    expect(
      refused(
        "schema",
        packWith((metadata) => Object.assign(metadata, { schema: 2 })),
      ),
    ).toThrow(/"schema"/);
    expect(
      refused(
        "name",
        packWith((metadata) => Object.assign(metadata, { name: "../up" })),
      ),
    ).toThrow(/"name"/);
    expect(
      refused(
        "rows",
        packWith((metadata) => Object.assign(metadata, { rows: 5 })),
      ),
    ).toThrow(/4 rows where .* 5/);
    expect(
      refused(
        "label",
        packWith((metadata) => Object.assign(metadata, { label: "acuracy" })),
      ),
    ).toThrow(/names a column "acuracy" that it lacks/);
  });

  test("columns in another layout, with the reason", () => {
    const contents = contentsOf({ accuracy: Float64Array.of(1, 1, 1, 1) });
    const kvMetadata = [{ key: "assay", value: JSON.stringify(completeMetadata(contents)) }];
    const data = [1, 1, 1, 1];
    const dictionary = parquetWriteBuffer({
      columnData: [{ name: "accuracy", data, type: "DOUBLE", nullable: false, encoding: "RLE_DICTIONARY" }],
      kvMetadata,
    });
    expect(refused("dictionary", new Uint8Array(dictionary))).toThrow(/"accuracy" cannot be decoded: .*dictionary/);
    const nullable = parquetWriteBuffer({ columnData: [{ name: "accuracy", data, type: "DOUBLE" }], kvMetadata });
    expect(refused("nullable", new Uint8Array(nullable))).toThrow(/nullable/);
  });

  test("unknown columns, with the nearest name; columns of the other kind", () => {
    const pack = openPack(save("sample", sample()));
    expect(() => pack.column("acuracy")).toThrow(/no column "acuracy"/);
    expect(() => pack.column("architecture")).toThrow(AssayError);
    expect(() => pack.text("accuracy")).toThrow(AssayError);
    expect(() => pack.column("__proto__")).toThrow(AssayError);
  });

  test("a file that was replaced while it was open", () => {
    const file = save("replaced", sample());
    const pack = openPack(file);
    pack.column("accuracy");
    savePack(contentsOf({ accuracy: Float64Array.of(1) }), file);
    expect(pack.column("accuracy")[0]).toBe(91.5);
    expect(() => pack.column("loss")).toThrow(/was replaced while it was in use/);
  });

  test("every truncation and any changed byte, without another kind of error", () => {
    const bytes = Buffer.from(encodePack(sample()));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (position, byte, cut) => {
        const changed = Buffer.from(cut ? bytes.subarray(0, position) : bytes);
        if (!cut) changed[position] = byte;
        try {
          refused("fuzz", changed)();
        } catch (error) {
          expect(error).toBeInstanceOf(AssayError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a pack with a part of a space", () => {
  const partial = (rowIndex: number[]): PackContents => {
    const index = createColumn("int32", rowIndex.length);
    index.set(rowIndex);
    const contents = contentsOf({ accuracy: Float64Array.of(1, 2), params: Int32Array.of(3, 4) }, { text: ["a", "b"] });
    return {
      ...contents,
      metadata: { ...contents.metadata, rowIndex: "index" },
      columns: new Map<string, Column>([["index", index], ...contents.columns]),
    };
  };
  test("is spread over the whole space", () => {
    const spread = spreadPack(createPack(partial([3, 1])), 5);
    expect([...spread.column("accuracy")]).toEqual([Number.NaN, 2, Number.NaN, 1, Number.NaN]);
    expect([...spread.column("params")]).toEqual([0, 4, 0, 3, 0]);
    expect(spread.text("text")).toEqual(["", "b", "", "a", ""]);
  });
  test("is refused with indexes beyond the space; so is a pack of another size without indexes", () => {
    expect(() => spreadPack(createPack(partial([3, 5])), 5)).toThrow(/row 1 has index 5 of 0 to 4/);
    expect(() => spreadPack(createPack(sample()), 5)).toThrow(/4 rows where its space has 5 architectures/);
  });
});
