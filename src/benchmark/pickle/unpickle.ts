import { containerOpcodes } from "./containerOpcodes.js";
import { PickleMachine, type PickleRules } from "./machine.js";
import { numpyGlobals } from "./numpyGlobals.js";
import { objectOpcodes } from "./objectOpcodes.js";
import { plainGlobals } from "./plainGlobals.js";
import { PickleReader } from "./reader.js";
import { scalarOpcodes } from "./scalarOpcodes.js";
import type { PickleGlobal, PickleValue } from "./values.js";

/** Options of `unpickle`. */
export interface UnpickleOptions {
  /** What is read, for messages: a file name. */
  readonly origin: string;
  /** Where the pickle starts; 0 by default. */
  readonly start?: number;
  /** Further known functions and classes, by "module name". */
  readonly globals?: Iterable<readonly [string, PickleGlobal]>;
  readonly persistent?: PickleRules["persistent"];
  /** The most containers and remembered values; 8 million by default. */
  readonly maximumObjects?: number;
}

const opcodes = [...scalarOpcodes, ...containerOpcodes, ...objectOpcodes].reduce(
  (table, [code, work]) => table.set(code, work),
  new Map<number, (machine: PickleMachine) => void>(),
);

const stop = 0x2e;
const protocol = 0x80;
const frame = 0x95;
const newestProtocol = 5;

/**
 * Reads a pickle of plain data, numpy arrays and (with further globals) torch tensors, protocols 0 to 5. It knows a short
 * list of names and refuses everything else with the byte where it stands; nothing is ever executed. Damaged data, lengths
 * that cannot be true and absurd numbers of objects are refused likewise. Throws AssayError.
 *
 * @returns the value, and where the pickle ends
 */
export function unpickle(bytes: Uint8Array, options: UnpickleOptions): { value: PickleValue; end: number } {
  const { origin, start = 0, globals = [], persistent, maximumObjects = 8_000_000 } = options;
  const reader = new PickleReader(bytes, start, origin);
  const known = new Map([...plainGlobals(), ...numpyGlobals(), ...globals]);
  const machine = new PickleMachine(reader, { globals: known, persistent, maximumObjects });
  for (;;) {
    reader.opcodeAt = reader.position;
    const code = reader.byte();
    if (code === stop) break;
    if (code === protocol) {
      const version = reader.byte();
      if (version > newestProtocol) throw reader.refuse(`protocol ${version} is not known`);
    } else if (code === frame) reader.length8();
    else {
      const work = opcodes.get(code);
      if (work === undefined) throw reader.refuse(`there is no opcode 0x${code.toString(16).padStart(2, "0")}`);
      work(machine);
    }
  }
  const value = machine.pop();
  if (machine.depth !== 0) throw reader.refuse("values are left over at the end");
  return { value, end: reader.position };
}
