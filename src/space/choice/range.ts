import { describeNode, expectKeys, expectMap, expectNumber, expectText, mistake, type SourceNode } from "./source.js";

/** More levels than this in one parameter is a slip of the pen, and a one-hot encoding of it would not fit in memory. */
export const MAXIMUM_LEVELS = 10_000;

const KEYS = ["from", "to", "step", "factor", "count", "scale", "integer"];
const SPACINGS = ["step", "factor", "count"] as const;

/** Reads a range and turns it into rising levels. */
export function readRange(node: SourceNode): number[] {
  const map = expectMap(node, "a map with from, to and one of step, factor and count");
  expectKeys(map, "a range", KEYS);
  const numberOf = (key: string): number | undefined => {
    const value = map.entries.get(key);
    return value === undefined ? undefined : expectNumber(value, "a number");
  };
  const from = numberOf("from");
  const to = numberOf("to");
  if (from === undefined || to === undefined)
    throw mistake(
      map.place,
      `${from === undefined ? "from" : "to"} is missing.`,
      "A range goes from a number to another.",
    );
  if (!(from < to)) throw mistake(map.place, `from (${from}) must be below to (${to}).`);
  const given = SPACINGS.filter((key) => map.entries.has(key));
  if (given.length > 1) throw mistake(map.place, `${given.join(" and ")} exclude each other.`, "Keep one of them.");
  for (const key of ["scale", "integer"])
    if (map.entries.has(key) && given[0] !== "count")
      throw mistake(map.entries.get(key)!.place, `${key} goes with count only.`, `Remove ${key}, or write count.`);

  if (given[0] === "factor") return geometric(map, from, to, numberOf("factor")!);
  if (given[0] === "count") return spread(map, from, to, numberOf("count")!);
  const step = numberOf("step") ?? (Number.isInteger(from) && Number.isInteger(to) ? 1 : undefined);
  if (step === undefined)
    throw mistake(
      map.place,
      "one of step, factor and count is missing.",
      "Only a range of integers has a step by default.",
    );
  return arithmetic(map, from, to, step);
}

type RangeMap = ReturnType<typeof expectMap>;

function arithmetic(map: RangeMap, from: number, to: number, step: number): number[] {
  if (!(step > 0)) throw mistake(map.entries.get("step")!.place, `must be above 0, got ${step}.`);
  const steps = (to - from) / step;
  const count = Math.round(steps);
  limitLevels(map, steps + 1);
  if (Math.abs(steps - count) > 1e-6) {
    const last = clean(from + Math.floor(steps) * step);
    const next = clean(from + Math.ceil(steps) * step);
    throw mistake(map.place, `steps of ${step} from ${from} do not reach ${to}.`, `Write to: ${last} or to: ${next}.`);
  }
  return Array.from({ length: count + 1 }, (_, i) => (i === count ? to : clean(from + i * step)));
}

function geometric(map: RangeMap, from: number, to: number, factor: number): number[] {
  if (!(factor > 1)) throw mistake(map.entries.get("factor")!.place, `must be above 1, got ${factor}.`);
  if (!(from > 0)) throw mistake(map.place, `from must be above 0 where there is a factor, got ${from}.`);
  limitLevels(map, Math.log(to / from) / Math.log(factor) + 1);
  const levels: number[] = [];
  let value = from;
  for (; value < to * (1 - 1e-9); value = clean(value * factor)) levels.push(value);
  if (Math.abs(value - to) > to * 1e-9)
    throw mistake(
      map.place,
      `multiplying ${from} by ${factor} does not reach ${to}.`,
      `Write to: ${levels[levels.length - 1]} or to: ${value}.`,
    );
  return [...levels, to];
}

function spread(map: RangeMap, from: number, to: number, count: number): number[] {
  const countPlace = map.entries.get("count")!.place;
  if (!Number.isInteger(count) || count < 2) throw mistake(countPlace, `must be an integer from 2, got ${count}.`);
  limitLevels(map, count);
  const scale = map.entries.has("scale") ? expectText(map.entries.get("scale")!, "linear or log") : "linear";
  if (scale !== "linear" && scale !== "log")
    throw mistake(map.entries.get("scale")!.place, `expected linear or log, got "${scale}".`);
  if (scale === "log" && !(from > 0)) throw mistake(map.place, `from must be above 0 on a log scale, got ${from}.`);
  const integer = readTruth(map, "integer");
  const levels: number[] = [];
  for (let i = 0; i < count; i++) {
    const share = i / (count - 1);
    const value = scale === "log" ? from * Math.exp(Math.log(to / from) * share) : from + (to - from) * share;
    const exact = i === 0 ? from : i === count - 1 ? to : clean(value);
    levels.push(integer ? Math.round(exact) : exact);
    if (i > 0 && levels[i] === levels[i - 1])
      throw mistake(countPlace, `${count} numbers from ${from} to ${to} are not all different.`, "Lower count.");
  }
  return levels;
}

function readTruth(map: RangeMap, key: string): boolean {
  const node = map.entries.get(key);
  if (node === undefined) return false;
  if (node.kind !== "scalar" || typeof node.value !== "boolean")
    throw mistake(node.place, `expected true or false, got ${describeNode(node)}.`);
  return node.value;
}

function limitLevels(map: RangeMap, count: number): void {
  if (count > MAXIMUM_LEVELS + 0.5)
    throw mistake(
      map.place,
      `gives ${count > 1e15 ? "far too many" : Math.floor(count + 1e-6)} levels, at most ${MAXIMUM_LEVELS}.`,
      "Use a larger step, or a log scale with count.",
    );
}

/** 0.1 + 0.2 is meant to be 0.3. */
function clean(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}
