import type { PickleMachine } from "./machine.js";
import { NumpyArray } from "./numpyArray.js";
import { restoreArray, restoreType } from "./numpyGlobals.js";
import { NumpyType } from "./numpyType.js";
import type { Opcode } from "./scalarOpcodes.js";
import { PickleDictionary, PickleGlobal, PickleTuple, type PickleValue } from "./values.js";

/**
 * Opcodes that name functions and classes and call them. Only what `PickleRules.globals` lists exists here, and each of
 * these is a small function of this package that makes data; there is no way from a pickle to any other code.
 */
export const objectOpcodes: ReadonlyMap<number, Opcode> = new Map<number, Opcode>([
  [0x63, (machine) => pushGlobal(machine, machine.reader.line(200), machine.reader.line(200))], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x52, reduce], // REDUCE
  [0x81, reduce], // NEWOBJ: a class takes its arguments as a function does
  [0x62, build], // BUILD
  [0x50, (machine) => pushPersistent(machine, machine.reader.line(1000))], // PERSID
  [0x51, (machine) => pushPersistent(machine, machine.pop())], // BINPERSID
  [0x69, refused("INST makes an object of any class")],
  [0x6f, refused("OBJ makes an object of any class")],
  [0x92, refused("NEWOBJ_EX makes an object of any class")],
  [0x82, refused("EXT1 refers to a registry of Python")],
  [0x83, refused("EXT2 refers to a registry of Python")],
  [0x84, refused("EXT4 refers to a registry of Python")],
  [0x97, refused("NEXT_BUFFER refers to data outside the file")],
  [0x98, refused("READONLY_BUFFER refers to data outside the file")],
]);

function refused(what: string): Opcode {
  return (machine) => {
    throw machine.reader.refuse(`${what}, which is not allowed`);
  };
}

function pushGlobal(machine: PickleMachine, module: string, name: string): void {
  const known = machine.rules.globals.get(`${module} ${name}`);
  if (known === undefined) throw machine.reader.refuse(`it wants to use "${module}.${name}", which is not allowed`);
  machine.push(known);
}

function stackGlobal(machine: PickleMachine): void {
  const name = machine.pop();
  const module = machine.pop();
  if (typeof name !== "string" || typeof module !== "string") {
    throw machine.reader.refuse("a function is named by what is not a text");
  }
  pushGlobal(machine, module.slice(0, 200), name.slice(0, 200));
}

function reduce(machine: PickleMachine): void {
  const given = machine.pop();
  const callee = machine.pop();
  if (!(callee instanceof PickleGlobal)) throw machine.reader.refuse("it calls what is not a function");
  if (!(given instanceof PickleTuple)) throw machine.reader.refuse(`"${callee.name}" is called without a tuple`);
  machine.pushNew(
    machine.attempt(() => {
      try {
        return callee.call(given.items);
      } catch (error) {
        throw new Error(`"${callee.name}": ${(error as Error).message}`);
      }
    }),
  );
}

function build(machine: PickleMachine): void {
  const state = machine.pop();
  const target = machine.top();
  if (target instanceof NumpyArray) machine.attempt(() => restoreArray(target, state));
  else if (target instanceof NumpyType) machine.attempt(() => restoreType(target, state));
  // torch hangs attributes on ordered dictionaries; they carry no measurements.
  else if (target instanceof PickleDictionary && state instanceof PickleDictionary) return;
  else throw machine.reader.refuse("it sets the state of an object that has none");
}

function pushPersistent(machine: PickleMachine, id: PickleValue): void {
  const { persistent } = machine.rules;
  if (persistent === undefined) throw machine.reader.refuse("it refers to an object outside the file");
  machine.pushNew(machine.attempt(() => persistent(id)));
}
