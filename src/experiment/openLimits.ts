import {
  type Benchmark,
  costsOfBenchmark,
  findCost,
  listBenchmarks,
  lookUpCosts,
  openPack,
  restrictBenchmark,
  whyNoCost,
} from "../benchmark/index.js";
import { AssayError, nearestName, suggestName } from "../errors.js";
import type { CostView, SearchSpace } from "../space/contract.js";
import {
  joinCosts,
  parseLimit,
  type RestrictedSpace,
  restrictSpace,
  type WrittenLimit,
  wholeOf,
} from "../space/index.js";

/** How the sources of costs are opened: with progress on a terminal, or without a word. */
export interface CostOpeners {
  readonly openBenchmark: (name: string) => Promise<Benchmark>;
  /** Loads a module of `--costs`, which runs code of the user. */
  readonly loadCosts: (path: string, space: SearchSpace) => Promise<CostView>;
}

/** Options that set limits, as the command line gives them. */
export interface LimitOptions {
  readonly limit?: readonly string[] | undefined;
  readonly costs?: readonly string[] | undefined;
  readonly objectives?: string | undefined;
}

/**
 * The costs that objectives may be: those of the space, and whatever else an objective names that is looked up in a table or asked of
 * a function. Undefined where there are none, or no objectives.
 *
 * @param own the benchmark that is searched, whose columns are known costs too
 */
export async function objectiveCosts(
  openers: CostOpeners,
  space: SearchSpace,
  { objectives, costs = [] }: LimitOptions,
  own?: Benchmark,
): Promise<CostView | undefined> {
  if (objectives === undefined) return undefined;
  const { views, benchmarks } = await openSources(openers, space, costs);
  const named = objectives.split(",").map((part) => part.split(":")[0].trim());
  const tables = own === undefined ? benchmarks : [...benchmarks, own];
  refuseMisspelt(objectives, [
    ...[...views, ...(space.views.cost === undefined ? [] : [space.views.cost])].flatMap(({ metrics }) => metrics),
    ...tables.flatMap(({ metadata }) => costsOfBenchmark(metadata)),
  ]);
  const ofTables = tables.flatMap((table) => {
    const columns = named.filter((name) => findCost(table.metadata, name) !== undefined);
    return columns.length === 0 ? [] : [lookUpCosts(table, columns, space)];
  });
  const all = [...views, ...(space.views.cost === undefined ? [] : [space.views.cost]), ...ofTables];
  return all.length === 0 ? undefined : joinCosts(all);
}

/** Columns of a table are known costs too, although only those that are named are looked up. */
function refuseMisspelt(objectives: string, costs: readonly { readonly name: string }[]): void {
  const known = costs.map(({ name }) => name);
  for (const part of objectives.split(",").map((text) => text.trim())) {
    // With a direction it may be whatever evaluations give.
    if (/:/.test(part) || known.includes(part)) continue;
    const nearest = nearestName(part, [...known, "accuracy", "label"]);
    if (nearest === undefined || nearest === part) continue;
    throw new AssayError(
      "bad-objectives",
      `${part} is no cost that is known without training.`,
      `Did you mean "${nearest}"? If evaluations give it, write ${part}:min or ${part}:max.`,
    );
  }
}

/** The part of a benchmark that keeps the limits; the benchmark itself without any. */
export async function limitBenchmark(
  openers: CostOpeners,
  benchmark: Benchmark,
  options: LimitOptions,
): Promise<Benchmark> {
  const space = await restrict(openers, benchmark.space, options, benchmark);
  return space === undefined ? benchmark : restrictBenchmark(benchmark, space);
}

/** The part of a space that keeps the limits; the space itself without any. */
export async function limitSpace(
  openers: CostOpeners,
  space: SearchSpace,
  options: LimitOptions,
): Promise<SearchSpace> {
  return (await restrict(openers, space, options, undefined)) ?? space;
}

/** @param own the benchmark that is searched, whose columns are known costs too */
async function restrict(
  openers: CostOpeners,
  space: SearchSpace,
  { limit = [], costs = [], objectives }: LimitOptions,
  own: Benchmark | undefined,
): Promise<RestrictedSpace | undefined> {
  if (limit.length === 0) {
    if (costs.length === 0 || objectives !== undefined) return undefined;
    throw new AssayError(
      "bad-options",
      "--costs belongs to --limit and --objectives: it says where their costs are looked up.",
    );
  }
  // A mistake in a limit shows before files are opened and functions asked.
  const limits = limit.map(parseLimit);
  const sources = await openSources(openers, space, costs);
  const views = findCosts(space, limits, sources, own);
  return restrictSpace(space, { limits, ...(views.length === 0 ? {} : { costs: joinCosts(views) }) });
}

/** What `--costs` names, in that order. */
interface CostSources {
  readonly views: readonly CostView[];
  readonly benchmarks: readonly Benchmark[];
}

async function openSources(openers: CostOpeners, space: SearchSpace, names: readonly string[]): Promise<CostSources> {
  const views: CostView[] = [];
  const benchmarks: Benchmark[] = [];
  for (const name of names) {
    if (/\.[cm]?[jt]s$/.test(name)) views.push(await openers.loadCosts(name, space));
    else benchmarks.push(await openers.openBenchmark(name));
  }
  return { views, benchmarks };
}

/** Where each limited cost is looked up: in what the user names, in the space, in the benchmark that is searched. */
function findCosts(
  space: SearchSpace,
  limits: readonly WrittenLimit[],
  { views, benchmarks }: CostSources,
  own: Benchmark | undefined,
): CostView[] {
  const used = new Set<CostView>();
  const lookedUp = new Map<Benchmark, Set<string>>();
  for (const { cost } of limits) {
    const has = ({ metrics }: CostView): boolean => metrics.some(({ name }) => name === cost);
    const view = views.find(has);
    if (view !== undefined) {
      used.add(view);
      continue;
    }
    const named = benchmarks.find(({ metadata }) => findCost(metadata, cost) !== undefined);
    if (named === undefined && space.views.cost !== undefined && has(space.views.cost)) continue;
    const table = named ?? (own !== undefined && findCost(own.metadata, cost) !== undefined ? own : undefined);
    if (table === undefined) throw unknownCost(space, cost, { views, benchmarks }, own);
    lookedUp.set(table, (lookedUp.get(table) ?? new Set()).add(cost));
  }
  return [...used, ...[...lookedUp].map(([table, names]) => lookUpCosts(table, [...names], space))];
}

function unknownCost(
  space: SearchSpace,
  cost: string,
  { views, benchmarks }: CostSources,
  own: Benchmark | undefined,
): AssayError {
  const tables = own === undefined ? benchmarks : [...benchmarks, own];
  for (const { metadata } of tables) {
    const why = whyNoCost(metadata, cost);
    if (why !== undefined) return new AssayError("unknown-cost", `${why}.`, "Limit a cost instead.");
  }
  const known = [
    ...[...views, ...(space.views.cost === undefined ? [] : [space.views.cost])].flatMap(({ metrics }) => metrics),
    ...tables.flatMap(({ metadata }) => costsOfBenchmark(metadata)),
  ].map(({ name }) => name);
  const others = nearestName(cost, known) === undefined ? benchmarksThatKnow(space, cost) : [];
  const hints = [
    ...(others.length === 0 ? [] : [`It may be known to ${others.map((name) => `--costs ${name}`).join(" or ")}.`]),
    known.length === 0 ? "Give a module: --costs MODULE." : suggestName(cost, new Set(known)),
  ];
  const where = own === undefined ? space.name : own.name;
  return new AssayError("unknown-cost", `There is no cost "${cost}" of ${where}.`, hints.join(" "));
}

/** Other benchmarks over the same space that know a cost. Tables that were not made yet are not made for a hint. */
function benchmarksThatKnow(space: SearchSpace, cost: string): string[] {
  const { name } = wholeOf(space);
  return listBenchmarks()
    .filter((listing) => {
      if (listing.kind === "tables") return /latency|energy/.test(cost) && listing.name.startsWith(`${name}/`);
      if (listing.kind === "part") return false;
      const { metadata } = openPack(listing.path);
      return metadata.space.name === name && findCost(metadata, cost) !== undefined;
    })
    .map((listing) => listing.name);
}
