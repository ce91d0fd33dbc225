import { AssayError } from "../../errors.js";
import { parseSpec, type Spec } from "../../spec.js";
import type { PanelPoint, ReproductionMethod, ReproductionPanel } from "./contract.js";
import { fingerprintOf, keyOf, type RunFingerprint } from "./fingerprint.js";
import type { Subject } from "./subjects.js";

/** One run that a reproduction needs. */
export interface PlannedRun {
  readonly key: string;
  readonly fingerprint: RunFingerprint;
  readonly subject: Subject;
  readonly method: ReproductionMethod;
  readonly strategy: Spec;
  readonly label: string;
  readonly samples: number;
  readonly budget: number;
  readonly seed: number;
}

/** Which runs are wanted. */
export interface PlanOptions {
  readonly panels: readonly ReproductionPanel[];
  readonly methods: readonly ReproductionMethod[];
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly labels: readonly string[];
  readonly seeds: number;
  readonly firstSeed: number;
  /** K of every run at least, so that figures with other K share it. */
  readonly mostEvaluated: number;
}

/** The runs of a reproduction and where to find them. */
export interface Plan {
  /** Each run once: benchmark by benchmark, seed by seed, so that a stopped reproduction has whole seeds. */
  readonly runs: readonly PlannedRun[];
  /** The key of the run that serves a point. */
  keyOf(panel: ReproductionPanel, method: ReproductionMethod, point: PanelPoint, label: string, seed: number): string;
}

/** Plans the runs. One run with N samples serves every K. Throws AssayError where N is more than the space holds. */
export function planRuns(options: PlanOptions): Plan {
  const { panels, methods, subjects, labels, seeds, firstSeed, mostEvaluated } = options;
  const fingerprints = new Map<string, Omit<PlannedRun, "key" | "seed">>();

  function groupOf(subject: Subject, method: ReproductionMethod, samples: number, label: string) {
    const id = JSON.stringify([subject.benchmark.name, method.name, samples, label]);
    let group = fingerprints.get(id);
    if (group === undefined) {
      const size = subject.benchmark.test.length;
      const evaluate = Math.min(mostEvaluated, size - samples);
      if (evaluate < 1) {
        const name = subject.benchmark.name;
        throw new AssayError(
          "too-many-samples",
          `${name} has ${size} architectures: N = ${samples} leaves none to find.`,
        );
      }
      const strategy = parseSpec(method.strategy({ samples, evaluate }));
      const estimation = subject.codes.get(method.code);
      const budget = samples + evaluate;
      const { benchmark } = subject;
      const fingerprint = fingerprintOf({ benchmark, strategy, label, samples, budget, estimation });
      group = { fingerprint, subject, method, strategy, label, samples, budget };
      fingerprints.set(id, group);
    }
    return group;
  }

  const runs = new Map<string, PlannedRun>();
  for (const [name, subject] of subjects) {
    const own = panels.filter(({ benchmark }) => benchmark === name);
    const counts = [...new Set(own.flatMap(({ points }) => points.map(({ samples }) => samples)))];
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
      for (const label of labels) {
        for (const method of methods) {
          for (const samples of counts) {
            const group = groupOf(subject, method, samples, label);
            const key = keyOf(group.fingerprint, seed);
            if (!runs.has(key)) runs.set(key, { ...group, key, seed });
          }
        }
      }
    }
  }
  return {
    runs: [...runs.values()],
    keyOf: ({ benchmark }, method, { samples }, label, seed) =>
      keyOf(groupOf(subjects.get(benchmark)!, method, samples, label).fingerprint, seed),
  };
}
