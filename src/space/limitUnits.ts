/** What a unit measures, and how many of the smallest unit of that kind it is. Whole numbers, so that 5 ms are 0.005 s exactly. */
interface Scale {
  readonly kind: "time" | "energy" | "compute" | "parameters" | "share" | "memory";
  readonly size: number;
}

const time = (size: number): Scale => ({ kind: "time", size });
const energy = (size: number): Scale => ({ kind: "energy", size });
const compute: Scale = { kind: "compute", size: 1 };
const parameters: Scale = { kind: "parameters", size: 1 };
const share: Scale = { kind: "share", size: 1 };
const memory = (size: number): Scale => ({ kind: "memory", size });

/** Units that a limit may be written in. A FLOP is a multiply-accumulate here, as everywhere in Assay. */
const writtenUnits: ReadonlyMap<string, Scale> = new Map([
  ["ns", time(1)],
  ["us", time(1e3)],
  ["µs", time(1e3)],
  ["ms", time(1e6)],
  ["s", time(1e9)],
  ["min", time(6e10)],
  ["h", time(3.6e12)],
  ["uJ", energy(1)],
  ["mJ", energy(1e3)],
  ["J", energy(1e6)],
  ["Wh", energy(3.6e9)],
  ["MAC", compute],
  ["MACs", compute],
  ["FLOP", compute],
  ["FLOPs", compute],
  ["params", parameters],
  ["parameters", parameters],
  ["%", share],
  ["B", memory(1)],
  ["KiB", memory(1024)],
  ["MiB", memory(1024 ** 2)],
  ["GiB", memory(1024 ** 3)],
]);

/** Units as benchmarks and spaces name them, with the short form for messages. */
const namedUnits: ReadonlyMap<string, string> = new Map([
  ["nanoseconds", "ns"],
  ["microseconds", "us"],
  ["milliseconds", "ms"],
  ["seconds", "s"],
  ["minutes", "min"],
  ["hours", "h"],
  ["millijoules", "mJ"],
  ["joules", "J"],
  ["watt hours", "Wh"],
  ["percent", "%"],
  ["bytes", "B"],
]);

/** Powers of ten of the letters that may stand behind a number. */
const powers: Readonly<Record<string, number>> = { k: 3, K: 3, M: 6, G: 9, T: 12 };

/** All units that may be written, for hints. */
export const unitsInWords = "ns, us, ms, s, min, h, mJ, J, Wh, MAC, FLOPs, params, %, B";

/** What stands behind a number: a power of ten and a unit ("" for none); undefined where it is neither. */
export function readTail(tail: string): { readonly power: number; readonly unit: string } | undefined {
  // A whole unit goes before a letter with a unit: MAC is no mega-AC.
  if (tail === "" || writtenUnits.has(tail)) return { power: 0, unit: tail };
  const unit = tail.slice(1).trim();
  const power = Object.hasOwn(powers, tail[0]) ? powers[tail[0]] : undefined;
  return power !== undefined && (unit === "" || writtenUnits.has(unit)) ? { power, unit } : undefined;
}

/** A number in another unit; undefined where the two measure different things or nobody knows. */
export function convertUnit(value: number, from: string, to: string): number | undefined {
  if (from === "" || from === to) return value;
  const [source, target] = [scaleOf(from), scaleOf(to)];
  if (source === undefined || target === undefined || source.kind !== target.kind) return undefined;
  // The ratio is a whole number for nearly all units, so that the value is rounded once, and not at all in its own unit.
  return source.size >= target.size ? value * (source.size / target.size) : value / (target.size / source.size);
}

/** The unit as it is written behind a number: "ms"; "" for what the name of a cost says already. */
export function shortUnit(unit: string): string {
  if (unit === "MAC" || unit === "parameters" || unit === "not stated") return "";
  return namedUnits.get(unit) ?? unit;
}

function scaleOf(unit: string): Scale | undefined {
  return writtenUnits.get(namedUnits.get(unit) ?? unit);
}
