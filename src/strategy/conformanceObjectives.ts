import { check } from "../conformance.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Architecture, SearchSpace } from "../space/contract.js";
import { ask, type Subject, same, score, textOf } from "./conformanceSearch.js";
import type { Objective, Observation, StrategyState } from "./contract.js";

/** Makes a strategy that searches for these objectives. */
type Begin = (space: SearchSpace, seed: number, state: StrategyState | undefined, objectives: ObjectivesOf) => Subject;

/** Objectives know architectures by their number, which a catalogue gives. */
export type ObjectivesOf = (catalogue: Catalogue) => readonly Objective[];

const label: Objective = { name: "accuracy", direction: "maximise", unit: "" };
const effort = (architecture: Architecture): number => 1 + architecture.reduce((sum, level) => sum + level, 0);
const width = (architecture: Architecture): number => architecture[0] - architecture[1];

/** One cost that is known; one that is measured; both, where more is better of the measured one. */
const kinds: readonly ObjectivesOf[] = [
  (catalogue) => [label, knownCost(catalogue)],
  () => [label, { name: "seconds", direction: "minimise", unit: "s" }],
  (catalogue) => [label, knownCost(catalogue), { name: "width", direction: "maximise", unit: "" }],
];

function knownCost(catalogue: Catalogue): Objective {
  return {
    name: "flops",
    direction: "minimise",
    unit: "MAC",
    known: (id) => effort(catalogue.at(id)),
    knownFor: effort,
  };
}

/** What an evaluation tells. */
function tell(catalogue: Catalogue, objectives: readonly Objective[], id: number): Observation {
  const architecture = catalogue.at(id);
  const own = score(catalogue, id);
  return {
    architecture: id,
    label: own,
    values: [own, ...objectives.slice(1).map(({ name }) => (name === "width" ? width : effort)(architecture))],
  };
}

/** Some evaluations fail, and some lack a value. */
function spoilSome(): (results: readonly Observation[]) => readonly Observation[] {
  let query = 0;
  return (results) =>
    results.map(({ architecture, label, values = [] }) => {
      query++;
      if (query % 6 === 5) return { architecture, label: Number.NaN };
      if (query % 6 === 2) return { architecture, label };
      if (query % 6 === 4) return { architecture, label, values: [label, ...values.slice(1).map(() => Number.NaN)] };
      return { architecture, label, values };
    });
}

/** What every strategy with `severalObjectives` must keep. */
export function objectiveChecks(
  begin: Begin,
  small: SearchSpace,
  spaces: readonly SearchSpace[],
): [string, () => Promise<void>][] {
  async function drive(
    subject: Subject,
    objectives: readonly Objective[],
    rounds: number,
    change: (results: readonly Observation[]) => readonly Observation[] = (results) => results,
  ): Promise<string[]> {
    const seen = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const suggested = await ask(subject, 5, seen);
      subject.strategy.observe(change(suggested.map((id) => tell(subject.catalogue, objectives, id))));
    }
    return [...seen];
  }

  /** One search for each kind of objectives in each space. */
  async function forAll(run: (space: SearchSpace, kind: ObjectivesOf) => Promise<void>): Promise<void> {
    for (const space of spaces) for (const kind of kinds) await run(space, kind);
  }

  return [
    [
      "with several objectives: exhausts a small space, never suggests twice, and takes no notice of who is late",
      async () => {
        for (const kind of kinds) {
          const subject = begin(small, 1, undefined, kind);
          const objectives = kind(subject.catalogue);
          const seen = new Set<string>();
          let late: number[] = [];
          for (let round = 0; round < 12; round++) {
            const suggested = await ask(subject, 3, seen);
            subject.strategy.observe(late.map((id) => tell(subject.catalogue, objectives, id)));
            late = suggested;
          }
          check(seen.size === 27, `found ${seen.size} of 27`);
        }
      },
    ],
    [
      "with several objectives: does not depend on the order in which a batch is observed",
      () =>
        forAll(async (space, kind) => {
          const subjects = [1, 2].map(() => begin(space, 1, undefined, kind));
          const objectives = subjects.map(({ catalogue }) => kind(catalogue));
          const forwards = await drive(subjects[0], objectives[0], 5);
          const backwards = await drive(subjects[1], objectives[1], 5, (results) => results.toReversed());
          check(same(forwards, backwards), "another order of arrival gave other suggestions");
        }),
    ],
    [
      "with several objectives: takes an evaluation without a value that is not known for a failure, and goes on",
      () =>
        forAll(async (space, kind) => {
          const without = begin(space, 1, undefined, kind);
          const failed = begin(space, 1, undefined, kind);
          const objectives = kind(without.catalogue);
          const isKnown = objectives.slice(1).every(({ known }) => known !== undefined);
          const spoil = (change: (one: Observation) => Observation) => (results: readonly Observation[]) =>
            results.map((one, place) => (place % 2 === 0 ? change(one) : one));
          const some = await drive(
            without,
            objectives,
            5,
            spoil(({ architecture, label }) => ({ architecture, label })),
          );
          check(some.length === 25, `suggested ${some.length} instead of 25`);
          if (isKnown) return;
          const others = await drive(
            failed,
            kind(failed.catalogue),
            5,
            spoil(({ architecture }) => ({ architecture, label: Number.NaN })),
          );
          check(same(some, others), "was taken for something else");
        }),
    ],
    [
      "with several objectives: goes on from its state, read back from JSON at any step, exactly like the uninterrupted search",
      () =>
        forAll(async (space, kind) => {
          const whole = begin(space, 1, undefined, kind);
          const uninterrupted = await drive(whole, kind(whole.catalogue), 5, spoilSome());
          let subject = begin(space, 1, undefined, kind);
          const resume = (): void => {
            const text = JSON.stringify(subject.strategy.state());
            subject = begin(space, 1, JSON.parse(text), kind);
            check(JSON.stringify(subject.strategy.state()) === text, "a restored strategy has another state");
          };
          const suggestions: string[] = [];
          const change = spoilSome();
          for (let round = 0; round < 5; round++) {
            resume();
            const texts = (await ask(subject, 5)).map((id) => textOf(subject.catalogue, id));
            suggestions.push(...texts);
            resume();
            const { catalogue } = subject;
            const objectives = kind(catalogue);
            subject.strategy.observe(
              change(texts.map((text) => tell(catalogue, objectives, catalogue.idOf(space.parse(text))))),
            );
          }
          check(same(uninterrupted, suggestions), "the restored search went another way");
        }),
    ],
  ];
}
