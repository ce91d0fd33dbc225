import { type ConformanceCase, check } from "../conformance.js";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "../space/catalogue.js";
import type { SearchSpace } from "../space/contract.js";
import { type ObjectivesOf, objectiveChecks } from "./conformanceObjectives.js";
import { opinionChecks } from "./conformanceOpinions.js";
import { ask, drive, failSome, type Subject, same, score, textOf } from "./conformanceSearch.js";
import { createGridSpace } from "./conformanceSpace.js";
import type { Observation, StrategyDefinition, StrategyState } from "./contract.js";
import { createFeatureSource } from "./features.js";

/**
 * What every strategy must keep, independent of any test framework. Choose options that make it cheap: a few hundred fits
 * are made.
 *
 * @example
 * for (const check of strategyConformance(myDefinition)) it(check.name, () => check.run());
 */
export function strategyConformance(
  definition: StrategyDefinition,
  options: Readonly<Record<string, unknown>> = {},
): ConformanceCase[] {
  const small = createGridSpace(3, 3, true);
  const smallSampled = createGridSpace(3, 3, false);
  const large = createGridSpace(12, 6, false);
  const listed = createGridSpace(5, 4, true);

  function begin(space: SearchSpace, seed = 1, state?: StrategyState, objectives?: ObjectivesOf): Subject {
    const catalogue = createCatalogue(space);
    const context = {
      catalogue,
      features: createFeatureSource(catalogue),
      generator: createGenerator(seed),
      ...(objectives === undefined ? {} : { objectives: objectives(catalogue) }),
    };
    return { catalogue, strategy: definition.create(context, definition.options.parse(options), state) };
  }

  const checks: [string, () => Promise<void>][] = [
    [
      "never suggests twice, and exhausts small spaces, for any batch size",
      async () => {
        for (const space of [small, smallSampled]) {
          for (const batch of [1, 3, 7, Number(space.size) + 5]) {
            const { catalogue, strategy } = begin(space);
            const seen = new Set<string>();
            for (let calls = 0; calls < 40; calls++) {
              const suggested = await ask({ catalogue, strategy }, batch, seen);
              if (suggested.length === 0) break;
              strategy.observe(suggested.map((id) => ({ architecture: id, label: score(catalogue, id) })));
            }
            check(seen.size === 27, `found ${seen.size} of 27 architectures with batches of ${batch}`);
          }
        }
      },
    ],
    [
      "gives as many as asked for while there are any",
      async () => {
        for (const space of [large, listed]) {
          for (const batch of [1, 3, 7, 25]) {
            const subject = begin(space);
            for (let round = 0; round < 4; round++) {
              const suggested = await ask(subject, batch);
              check(suggested.length === batch, `gave ${suggested.length} instead of ${batch}`);
              subject.strategy.observe(
                suggested.map((id) => ({ architecture: id, label: score(subject.catalogue, id) })),
              );
            }
          }
        }
      },
    ],
    [
      "respects pending trials: suggests others while nothing is observed, to the end",
      async () => {
        for (const space of [small, smallSampled]) {
          const subject = begin(space);
          const seen = new Set<string>();
          for (let call = 0; call < 9; call++) await ask(subject, 3, seen);
          check(seen.size === 27, `found ${seen.size} of 27 without observing anything`);
          check((await ask(subject, 3, seen)).length === 0, "suggested more than there are");
        }
      },
    ],
    [
      "suggests nothing where nothing is asked for",
      async () => {
        const subject = begin(listed);
        const untouched = begin(listed);
        check((await ask(subject, 0)).length === 0, "suggested something");
        check(same(await drive(subject, 3), await drive(untouched, 3)), "asking for nothing changed the search");
      },
    ],
    [
      "suggests the same with the same seed, others with another",
      async () => {
        for (const space of [listed, large]) {
          const first = await drive(begin(space, 1), 8);
          check(same(first, await drive(begin(space, 1), 8)), "the same seed gave other suggestions");
          check(!same(first, await drive(begin(space, 2), 8)), "another seed gave the same suggestions");
        }
      },
    ],
    [
      "does not depend on the order in which a batch is observed",
      async () => {
        for (const space of [listed, large]) {
          const forwards = await drive(begin(space), 8);
          const backwards = await drive(begin(space), 8, (results) => results.toReversed());
          check(same(forwards, backwards), "another order of arrival gave other suggestions");
        }
      },
    ],
    [
      "goes on while results come late and one by one",
      async () => {
        const subject = begin(listed);
        const seen = new Set<string>();
        const waiting: number[] = [];
        for (let step = 0; step < 40; step++) {
          waiting.push(...(await ask(subject, 1, seen)));
          if (step < 4) continue;
          const [late] = waiting.splice((step * 7) % waiting.length, 1);
          subject.strategy.observe([{ architecture: late, label: score(subject.catalogue, late) }]);
        }
        check(seen.size === 40, `suggested ${seen.size} instead of 40`);
      },
    ],
    [
      "goes on after failures, be it some, the first ones or all",
      async () => {
        const failures: ((query: number) => boolean)[] = [
          (query) => query % 3 === 0,
          (query) => query < 15,
          () => true,
        ];
        for (const fails of failures) {
          for (const space of [listed, large]) {
            let query = 0;
            const { length } = await drive(begin(space), 8, (results) =>
              results.map((result) => (fails(query++) ? { ...result, label: Number.NaN } : result)),
            );
            check(length === 40, `suggested ${length} instead of 40`);
          }
        }
      },
    ],
    [
      "takes infinite labels for failures",
      async () => {
        const infinite = (label: number) => (results: readonly Observation[]) =>
          results.map((result, place) => (place === 0 ? { ...result, label } : result));
        const failed = await drive(begin(listed), 6, infinite(Number.NaN));
        for (const label of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
          check(same(failed, await drive(begin(listed), 6, infinite(label))), `${label} was taken for a label`);
        }
      },
    ],
    [
      "copes with equal labels and ties",
      async () => {
        for (const change of [() => 3, (label: number) => Math.round(label / 4)]) {
          for (const space of [listed, large]) {
            const { length } = await drive(begin(space), 8, (results) =>
              results.map((result) => ({ ...result, label: change(result.label) })),
            );
            check(length === 40, `suggested ${length} instead of 40`);
          }
        }
      },
    ],
    [
      "learns from architectures it never suggested, and never suggests them",
      async () => {
        for (const space of [listed, large]) {
          const subject = begin(space);
          const { catalogue, strategy } = subject;
          const generator = createGenerator("warm start");
          const seen = new Set<string>();
          const known = Array.from({ length: 30 }, () => catalogue.idOf(space.sample(generator)));
          strategy.observe(known.map((id) => ({ architecture: id, label: score(catalogue, id) })));
          for (const id of known) seen.add(textOf(catalogue, id));
          for (let round = 0; round < 3; round++) {
            const suggested = await ask(subject, 4, seen);
            check(suggested.length === 4, `gave ${suggested.length} instead of 4`);
            strategy.observe(suggested.map((id) => ({ architecture: id, label: score(catalogue, id) })));
          }
        }
      },
    ],
    [
      "goes on from its state, read back from JSON at any step, exactly like the uninterrupted search",
      async () => {
        for (const space of [listed, large]) {
          const uninterrupted = await drive(begin(space), 7, failSome());
          let subject = begin(space);
          const resume = (): void => {
            const text = JSON.stringify(subject.strategy.state());
            subject = begin(space, 1, JSON.parse(text));
            check(JSON.stringify(subject.strategy.state()) === text, "a restored strategy has another state");
          };
          const suggestions: string[] = [];
          const change = failSome();
          for (let round = 0; round < 7; round++) {
            resume();
            const texts = (await ask(subject, 5)).map((id) => textOf(subject.catalogue, id));
            suggestions.push(...texts);
            // Between suggestion and result: the pending ones must survive, under new numbers perhaps.
            resume();
            const { catalogue } = subject;
            const results = texts.map((text) => {
              const architecture = catalogue.idOf(space.parse(text));
              return { architecture, label: score(catalogue, architecture) };
            });
            subject.strategy.observe(change(results));
          }
          check(same(uninterrupted, suggestions), "the restored search went another way");
        }
      },
    ],
    [
      "gives states that later calls do not change",
      async () => {
        for (const space of [listed, large]) {
          const { catalogue, strategy } = begin(space);
          const kept: { state: StrategyState; text: string }[] = [];
          const keep = (): void => {
            const state = strategy.state();
            kept.push({ state, text: JSON.stringify(state) });
          };
          const change = failSome();
          for (let round = 0; round < 6; round++) {
            keep();
            const suggested = await strategy.suggest(5);
            keep();
            const results = suggested.map((id) => ({ architecture: id, label: score(catalogue, id) }));
            strategy.observe(change(results));
            await strategy.recommend?.();
          }
          for (const { state, text } of kept) check(JSON.stringify(state) === text, "a later call changed a state");
        }
      },
    ],
    [
      "refuses the state of something else",
      async () => {
        const { strategy } = begin(listed);
        await strategy.suggest(30);
        const state = strategy.state();
        for (const attempt of [
          () => begin(listed, 1, { history: 3 }),
          () => begin(listed, 1, {}),
          () => begin(small, 1, state),
          () => begin(large, 1, state),
        ]) {
          let refused = false;
          try {
            attempt();
          } catch (error) {
            refused = (error as { code?: string }).code === "bad-state";
          }
          check(refused, "took it");
        }
      },
    ],
    [
      "refuses observations of architectures that have no number",
      async () => {
        const { strategy } = begin(listed);
        for (const architecture of [-1, 1024, 0.5, Number.NaN]) {
          let refused = false;
          try {
            strategy.observe([{ architecture, label: 1 }]);
          } catch (error) {
            refused = (error as { code?: string }).code === "unknown-architecture";
          }
          check(refused, `took number ${architecture}`);
        }
      },
    ],
  ];
  const several = definition.severalObjectives === true ? objectiveChecks(begin, small, [listed, large]) : [];
  return [...checks, ...opinionChecks(begin, [listed, large]), ...several].map(([name, run]) => ({ name, run }));
}
