import { AssayError } from "../errors.js";
import type { SearchSpace } from "../space/contract.js";
import type { Observation } from "../strategy/contract.js";
import { version } from "../version.js";
import type { Storage, StoredStudy, StudyOwner } from "./storage/contract.js";
import { createMemoryStorage } from "./storage/memory.js";
import { requireStudy } from "./storage/requireStudy.js";
import { type StrategySetup, type StrategySetupOptions, setUpStrategy } from "./strategySetup.js";
import { Study } from "./study.js";

/** Where a study is kept, and under what name. */
export interface StudyPlace {
  readonly name: string;
  readonly storage: Storage;
  /** Who writes. Default: the storage's owner, this program. */
  readonly owner?: StudyOwner;
  /**
   * `create`: there must be no study of that name yet; `resume`: there must be one; `either`: go on with it where there is
   * one. Default "create".
   */
  readonly mode?: "create" | "resume" | "either";
}

/** Options of `keepStudy`. */
export interface KeptStudyOptions extends StudyPlace {
  readonly setup: StrategySetup;
  /** Name of the space or the benchmark. */
  readonly subject: string;
  /** Name and options of the strategy, as they were given. */
  readonly strategy: string;
  readonly budget: number;
  readonly retries?: number | undefined;
  readonly warmStart?: readonly Observation[] | undefined;
  /** Of a new study; made up where it is absent. */
  readonly id?: string;
  /** Whatever else is needed to go on: plain data. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Options of `createStudy`. */
export interface CreateStudyOptions extends Omit<StrategySetupOptions, "strategy" | "seed">, Partial<StudyPlace> {
  readonly space: SearchSpace;
  /** Name and options. Default "default". */
  readonly strategy?: string;
  /** Decides everything. Default 0. */
  readonly seed?: number;
  /** How many times a failed trial is tried again. Default 0. */
  readonly retries?: number;
  /** Earlier evaluations that the strategy begins with; they are no trials of this study. Catalogue numbers. */
  readonly warmStart?: readonly Observation[];
}

/**
 * Makes a study, or goes on with one that a storage holds. Throws AssayError where the name is taken or unknown, somebody else writes to
 * it, or it was made with another space, strategy or seed.
 *
 * @example
 * const storage = openSqliteStorage("assay.db");
 * const study = createStudy({ name: "first", storage, mode: "either", space, strategy: "default", seed: 1 });
 * for (const { trial, text } of await study.ask(2)) study.tell(trial, await train(text));
 * study.close();
 */
export function createStudy(options: CreateStudyOptions): Study {
  const { space, strategy = "default", seed = 0, name = "study", storage = createMemoryStorage(), ...rest } = options;
  const setup = setUpStrategy({ ...rest, space, strategy, seed });
  const several = setup.objectives?.map(({ name, direction, unit }) => ({ name, direction, unit }));
  const settings = several === undefined ? {} : { objectives: several };
  return keepStudy({ ...rest, setup, name, storage, subject: space.name, strategy, budget: 0, settings });
}

/** Makes or resumes a study of a strategy that is set up. */
export function keepStudy(options: KeptStudyOptions): Study {
  const { setup, name, storage, subject, strategy, budget, settings = {}, id = crypto.randomUUID() } = options;
  const { owner = storage.owner, mode = "create" } = options;
  const { seed } = setup;
  const found = mode === "create" ? undefined : mode === "resume" ? requireStudy(storage, name) : storage.find(name);
  if (found !== undefined) requireSame(found, { subject, strategy, seed });
  const writer =
    found === undefined
      ? storage.create({ name, id, version, subject, strategy, seed, budget, settings }, owner)
      : storage.open(name, owner);
  try {
    return new Study({
      ...setup,
      writer,
      stored: found === undefined ? [] : storage.trials(name),
      retries: options.retries,
      warmStart: options.warmStart,
    });
  } catch (error) {
    writer.close();
    throw error;
  }
}

function requireSame(found: StoredStudy, given: Pick<StoredStudy, "subject" | "strategy" | "seed">): void {
  const what = { subject: "searches", strategy: "uses the strategy", seed: "has the seed" } as const;
  for (const field of ["subject", "strategy", "seed"] as const) {
    if (found[field] === given[field]) continue;
    throw new AssayError(
      "other-study",
      `The study "${found.name}" ${what[field]} ${found[field]}, not ${given[field]}.`,
      "Give the same options as then, or another name for a new study.",
    );
  }
}
