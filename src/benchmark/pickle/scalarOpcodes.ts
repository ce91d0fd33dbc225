import type { PickleMachine } from "./machine.js";
import type { PickleValue } from "./values.js";

/** What one opcode does. */
export type Opcode = (machine: PickleMachine) => void;

/** Bytes of the longest whole number that is read; real tables need eight. */
const maximumIntegerBytes = 1024;

/** Opcodes that push a number, a text or bytes. Names as in Python's pickletools. */
export const scalarOpcodes: ReadonlyMap<number, Opcode> = new Map<number, Opcode>([
  [0x4e, (machine) => machine.push(null)], // NONE
  [0x88, (machine) => machine.push(true)], // NEWTRUE
  [0x89, (machine) => machine.push(false)], // NEWFALSE
  [0x4a, (machine) => machine.push(machine.reader.int32())], // BININT
  [0x4b, (machine) => machine.push(machine.reader.byte())], // BININT1
  [0x4d, (machine) => machine.push(machine.reader.uint16())], // BININT2
  [0x47, (machine) => machine.push(machine.reader.float64())], // BINFLOAT
  [0x8a, (machine) => machine.push(readInteger(machine, machine.reader.byte()))], // LONG1
  [0x8b, (machine) => machine.push(readInteger(machine, machine.reader.int32()))], // LONG4
  [0x49, (machine) => machine.push(readIntegerLine(machine))], // INT
  [0x4c, (machine) => machine.push(readIntegerLine(machine))], // LONG
  [0x46, (machine) => machine.push(readFloatLine(machine))], // FLOAT
  [0x53, (machine) => machine.push(readQuotedLine(machine))], // STRING
  [0x56, (machine) => machine.push(readUnicodeLine(machine))], // UNICODE
  [0x54, (machine) => machine.push(machine.reader.text(machine.reader.int32(), "latin1"))], // BINSTRING
  [0x55, (machine) => machine.push(machine.reader.text(machine.reader.byte(), "latin1"))], // SHORT_BINSTRING
  [0x58, (machine) => machine.push(machine.reader.text(machine.reader.uint32()))], // BINUNICODE
  [0x8c, (machine) => machine.push(machine.reader.text(machine.reader.byte()))], // SHORT_BINUNICODE
  [0x8d, (machine) => machine.push(machine.reader.text(machine.reader.length8()))], // BINUNICODE8
  [0x42, (machine) => machine.pushNew(machine.reader.bytes(machine.reader.uint32()))], // BINBYTES
  [0x43, (machine) => machine.pushNew(machine.reader.bytes(machine.reader.byte()))], // SHORT_BINBYTES
  [0x8e, (machine) => machine.pushNew(machine.reader.bytes(machine.reader.length8()))], // BINBYTES8
  [0x96, (machine) => machine.pushNew(machine.reader.bytes(machine.reader.length8()))], // BYTEARRAY8
]);

/** A little-endian whole number in two's complement. */
function readInteger({ reader }: PickleMachine, length: number): PickleValue {
  if (length < 0 || length > maximumIntegerBytes) throw reader.refuse(`a whole number of ${length} bytes`);
  let value = 0n;
  const bytes = reader.bytes(length);
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
  if (length > 0 && bytes[length - 1] >= 128) value -= 1n << BigInt(8 * length);
  return smallest(value);
}

function readIntegerLine({ reader }: PickleMachine): PickleValue {
  const line = reader.line(2 * maximumIntegerBytes);
  if (line === "00") return false;
  if (line === "01") return true;
  if (!/^\s*[+-]?\d+L?\s*$/.test(line))
    throw reader.refuse(`${JSON.stringify(line.slice(0, 40))} is not a whole number`);
  return smallest(BigInt(line.replace("L", "").trim()));
}

function smallest(value: bigint): PickleValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function readFloatLine({ reader }: PickleMachine): PickleValue {
  const line = reader.line(1000).trim();
  const infinite = /^([+-]?)inf(inity)?$/i.exec(line);
  if (infinite !== null) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = /^[+-]?nan$/i.test(line) ? Number.NaN : Number(line);
  if (line === "" || (Number.isNaN(value) && !/nan$/i.test(line))) {
    throw reader.refuse(`${JSON.stringify(line.slice(0, 40))} is not a number`);
  }
  return value;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
]);

function readQuotedLine({ reader }: PickleMachine): PickleValue {
  const line = reader.line().trimEnd();
  const quote = line[0];
  if (line.length < 2 || (quote !== "'" && quote !== '"') || line.at(-1) !== quote) {
    throw reader.refuse("a text without its quotes");
  }
  return line.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|.)/g, (_, escaped: string) => {
    if (escaped.length === 3) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    const character = escapes.get(escaped);
    if (character === undefined) throw reader.refuse(`the escape \\${escaped}`);
    return character;
  });
}

function readUnicodeLine({ reader }: PickleMachine): PickleValue {
  return reader
    .line()
    .replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g, (_, short: string | undefined, long: string | undefined) => {
      const code = Number.parseInt(short ?? long!, 16);
      if (code > 0x10ffff) throw reader.refuse("a character beyond Unicode");
      return String.fromCodePoint(code);
    });
}
