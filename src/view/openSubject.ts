import { isAbsolute, resolve } from "node:path";
import { type Benchmark, openBenchmark } from "../benchmark/index.js";
import { AssayError } from "../errors.js";
import { labelUnits } from "../experiment/labelUnits.js";
import { type CostOpeners, limitBenchmark, limitSpace, objectiveCosts } from "../experiment/openLimits.js";
import { type SearchSettings, searchSettingsSchema } from "../experiment/searchSettings.js";
import type { CostView, SearchSpace } from "../space/contract.js";
import { createSpace, spaces } from "../space/index.js";
import { parseSpec } from "../spec.js";
import type { StoredStudy } from "../study/index.js";
import { readSpaceText } from "../study/spaceFile.js";
import { knownCosts, type Subject } from "./subject.js";

/**
 * Opens what a study searches, from what the study keeps. Nothing of the user's is run: modules of `--evaluate` and `--costs` are not
 * loaded, and a space file is read from the text that the study keeps, not from the disk. Limits on costs that only such a module
 * knows are left out.
 *
 * Throws AssayError where it cannot be opened: measurements that are gone, a space that a program made.
 */
export async function openStudySubject(
  study: Pick<StoredStudy, "settings" | "subject">,
  signal?: AbortSignal,
): Promise<Subject> {
  const parsed = searchSettingsSchema.safeParse(study.settings);
  if (!parsed.success) return spaceByName(study.subject);
  const settings = parsed.data;
  const { options, packChecksum } = settings;
  const openers: CostOpeners = {
    openBenchmark: (name) => openBenchmark(placeOf(name, settings), { signal }),
    loadCosts: (path) => Promise.reject(new NotLoaded(path)),
  };
  if (options.benchmark !== undefined) {
    const whole = await openers.openBenchmark(options.benchmark);
    const benchmark = await unlessNotLoaded(() => limitBenchmark(openers, whole, options), whole);
    const further = await costsOf(openers, whole.space, settings, whole);
    const isSame = packChecksum === undefined || packChecksum === benchmark.metadata.checksum;
    return {
      space: benchmark.space,
      costs: knownCosts(benchmark.space, further),
      units: options.live === true ? trainedUnits : labelUnits(benchmark, options.label),
      ...(isSame ? { table: { benchmark, isLive: options.live === true } } : {}),
    };
  }
  const named = openNamedSpace(settings);
  const space = await unlessNotLoaded(() => limitSpace(openers, named, options), named);
  return {
    space,
    costs: knownCosts(space, await costsOf(openers, named, settings)),
    units: options.train === undefined ? {} : trainedUnits,
  };
}

const trainedUnits = { label: "percent", test: "percent" };

/** A cost that only code of the user knows. */
class NotLoaded extends Error {
  constructor(path: string) {
    super(`${path} is code, which a view does not run`);
  }
}

async function unlessNotLoaded<Result>(open: () => Promise<Result>, otherwise: Result): Promise<Result> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof NotLoaded) return otherwise;
    throw error;
  }
}

async function costsOf(
  openers: CostOpeners,
  space: SearchSpace,
  { options }: SearchSettings,
  own?: Benchmark,
): Promise<CostView | undefined> {
  return await unlessNotLoaded(() => objectiveCosts(openers, space, options, own), undefined);
}

function openNamedSpace({ options, spaceFile }: SearchSettings): SearchSpace {
  if (spaceFile !== undefined) return readSpaceText(spaceFile, options.space ?? "space.yaml");
  if (options.space !== undefined) return createSpace(options.space);
  throw new AssayError("no-space", "The study does not say which space it searches.");
}

/** A study that a program made tells the name of its space alone: not its options, on which costs may depend. */
function spaceByName(name: string): Subject {
  if (!Object.hasOwn(spaces, name) || name === "choice")
    throw new AssayError(
      "no-space",
      `The study was made by a program, with a space of its own: ${name.slice(0, 120)}.`,
    );
  const space = createSpace(parseSpec(name));
  const { cost: _, ...views } = space.views;
  return { space: { ...space, views }, costs: undefined, units: {} };
}

/** A benchmark by name, or the path of a pack, relative to the folder in which the study was made. */
function placeOf(name: string, { folder }: SearchSettings): string {
  return name.endsWith(".parquet") && !isAbsolute(name) ? resolve(folder, name) : name;
}
