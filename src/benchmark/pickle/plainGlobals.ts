import { PickleDictionary, PickleGlobal, PickleSet, PickleTuple, type PickleValue } from "./values.js";

/** Plain containers that some protocols make by name. */
export function plainGlobals(): [string, PickleGlobal][] {
  const orderedDictionary = new PickleGlobal("collections.OrderedDict", ([pairs]) => {
    const dictionary = new PickleDictionary();
    for (const pair of pairs === undefined ? [] : listOf(pairs)) {
      const [key, value, ...rest] = listOf(pair);
      if (value === undefined || rest.length > 0) throw new Error("pairs of key and value were expected");
      dictionary.set(key, value);
    }
    return dictionary;
  });
  const makeSet = (name: string): PickleGlobal =>
    new PickleGlobal(name, ([members]) => {
      const set = new PickleSet();
      for (const member of members === undefined ? [] : listOf(members)) set.add(member);
      return set;
    });
  // Protocol 2 writes bytes as a text and the request to encode it.
  const encode = new PickleGlobal("_codecs.encode", ([text, encoding]) => {
    if (typeof text !== "string" || (encoding !== "latin1" && encoding !== "latin-1")) {
      throw new Error("only latin1 texts are turned into bytes");
    }
    return Buffer.from(text, "latin1");
  });
  const named: [string, PickleGlobal][] = [
    ["collections OrderedDict", orderedDictionary],
    ["_codecs encode", encode],
  ];
  for (const module of ["builtins", "__builtin__"]) {
    named.push([`${module} set`, makeSet("set")], [`${module} frozenset`, makeSet("frozenset")]);
  }
  return named;
}

function listOf(value: PickleValue): readonly PickleValue[] {
  if (Array.isArray(value)) return value;
  if (value instanceof PickleTuple) return value.items;
  throw new Error("a list was expected");
}
