import type { PickleMachine } from "./machine.js";
import type { Opcode } from "./scalarOpcodes.js";
import { PickleDictionary, PickleSet, PickleTuple, type PickleValue } from "./values.js";

/** Opcodes that make and fill containers or move what is on the stack. Names as in Python's pickletools. */
export const containerOpcodes: ReadonlyMap<number, Opcode> = new Map<number, Opcode>([
  [0x28, (machine) => machine.mark()], // MARK
  [0x30, pop], // POP
  [0x31, (machine) => void machine.popToMark()], // POP_MARK
  [0x32, (machine) => machine.push(machine.top())], // DUP
  [0x5d, (machine) => machine.pushNew([])], // EMPTY_LIST
  [0x6c, (machine) => machine.pushNew(machine.popToMark())], // LIST
  [0x61, (machine) => append(machine, [machine.pop()])], // APPEND
  [0x65, (machine) => append(machine, machine.popToMark())], // APPENDS
  [0x29, (machine) => machine.pushNew(new PickleTuple([]))], // EMPTY_TUPLE
  [0x74, (machine) => machine.pushNew(new PickleTuple(machine.popToMark()))], // TUPLE
  [0x85, (machine) => pushTuple(machine, 1)], // TUPLE1
  [0x86, (machine) => pushTuple(machine, 2)], // TUPLE2
  [0x87, (machine) => pushTuple(machine, 3)], // TUPLE3
  [0x7d, (machine) => machine.pushNew(new PickleDictionary())], // EMPTY_DICT
  [0x64, makeDictionary], // DICT
  [0x73, setItem], // SETITEM
  [0x75, (machine) => setItems(machine, machine.popToMark())], // SETITEMS
  [0x8f, (machine) => machine.pushNew(new PickleSet())], // EMPTY_SET
  [0x90, (machine) => addItems(machine, machine.popToMark())], // ADDITEMS
  [0x91, makeFrozenSet], // FROZENSET
  [0x70, (machine) => machine.remember(readNumberLine(machine))], // PUT
  [0x71, (machine) => machine.remember(machine.reader.byte())], // BINPUT
  [0x72, (machine) => machine.remember(machine.reader.uint32())], // LONG_BINPUT
  [0x94, (machine) => machine.rememberNext()], // MEMOIZE
  [0x67, (machine) => machine.recall(readNumberLine(machine))], // GET
  [0x68, (machine) => machine.recall(machine.reader.byte())], // BINGET
  [0x6a, (machine) => machine.recall(machine.reader.uint32())], // LONG_BINGET
]);

function pop(machine: PickleMachine): void {
  machine.pop();
}

function pushTuple(machine: PickleMachine, length: number): void {
  const items: PickleValue[] = [];
  for (let i = 0; i < length; i++) items.unshift(machine.pop());
  machine.pushNew(new PickleTuple(items));
}

function append(machine: PickleMachine, items: readonly PickleValue[]): void {
  const list = machine.top();
  if (!Array.isArray(list)) throw machine.reader.refuse("something is appended to what is not a list");
  for (const item of items) {
    machine.count();
    list.push(item);
  }
}

function makeDictionary(machine: PickleMachine): void {
  const items = machine.popToMark();
  machine.pushNew(new PickleDictionary());
  setItems(machine, items);
}

function setItem(machine: PickleMachine): void {
  const value = machine.pop();
  const key = machine.pop();
  setItems(machine, [key, value]);
}

function setItems(machine: PickleMachine, items: readonly PickleValue[]): void {
  const dictionary = machine.top();
  if (!(dictionary instanceof PickleDictionary)) throw machine.reader.refuse("an item is set in what is no dictionary");
  if (items.length % 2 !== 0) throw machine.reader.refuse("a dictionary key without a value");
  for (let i = 0; i < items.length; i += 2) {
    machine.count();
    machine.attempt(() => dictionary.set(items[i], items[i + 1]));
  }
}

function addItems(machine: PickleMachine, items: readonly PickleValue[]): void {
  const set = machine.top();
  if (!(set instanceof PickleSet)) throw machine.reader.refuse("a member is added to what is not a set");
  for (const item of items) {
    machine.count();
    machine.attempt(() => set.add(item));
  }
}

function makeFrozenSet(machine: PickleMachine): void {
  const items = machine.popToMark();
  machine.pushNew(new PickleSet());
  addItems(machine, items);
}

function readNumberLine(machine: PickleMachine): number {
  const line = machine.reader.line(20);
  if (!/^\d+$/.test(line)) throw machine.reader.refuse(`${JSON.stringify(line)} is not a memo number`);
  return Number(line);
}
