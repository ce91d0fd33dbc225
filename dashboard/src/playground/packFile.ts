import type { Column, Pack, PackMetadata } from "../../../src/benchmark/contract.js";

/** What stands before the columns of a pack for the browser. */
interface PackHead {
  readonly metadata: PackMetadata;
  readonly columns: readonly { readonly name: string; readonly type: "int32" | "float" | "double" }[];
  readonly text: Readonly<Record<string, string[]>>;
}

const arrays = { int32: Int32Array, float: Float32Array, double: Float64Array } as const;

/**
 * Reads a pack that `npm run build:playground` laid out for browsers: four bytes with the length of the head, the head as JSON, and
 * the columns one after the other, each from a multiple of eight bytes on.
 */
export function readPackFile(bytes: ArrayBuffer): Pack {
  const length = new DataView(bytes).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))) as PackHead;
  const columns = new Map<string, Column>();
  let position = roundUp(4 + length);
  for (const { name, type } of head.columns) {
    const column = new arrays[type](bytes, position, head.metadata.rows);
    columns.set(name, column);
    position = roundUp(position + column.byteLength);
  }
  return {
    metadata: head.metadata,
    source: undefined,
    columns: [...columns.keys()],
    textColumns: Object.keys(head.text),
    column: (name) => found(columns.get(name), name),
    text: (name) => [...found(head.text[name], name)],
  };
}

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`The pack has no column ${name}.`);
  return value;
}

function roundUp(position: number): number {
  return Math.ceil(position / 8) * 8;
}
