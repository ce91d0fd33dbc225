import { check } from "../conformance.js";
import { createGenerator } from "../random/index.js";
import type { Catalogue } from "../space/catalogue.js";
import type { SearchSpace } from "../space/contract.js";
import { ask, drive, type Subject, same, score, textOf } from "./conformanceSearch.js";
import type { Explanation, Recommendation, StrategyState } from "./contract.js";
import { explanationSchema, predictedLabelSchema } from "./explanations.js";

/** What the explanations and recommendations of a strategy must keep, where it gives any. */
export function opinionChecks(
  begin: (space: SearchSpace, seed?: number, state?: StrategyState) => Subject,
  spaces: readonly SearchSpace[],
): [string, () => Promise<void>][] {
  return [
    [
      "explains what it suggested and nothing else, the same after it was restored",
      async () => {
        for (const space of spaces) {
          let subject = begin(space);
          if (subject.strategy.explain === undefined) return;
          const explained = new Map<string, string>();
          for (let round = 0; round < 4; round++) {
            const told = subject.catalogue.idOf(space.sample(createGenerator("told").split(round)));
            const text = textOf(subject.catalogue, told);
            subject.strategy.observe([{ architecture: told, label: score(subject.catalogue, told) }]);
            if (!explained.has(text)) {
              check(subject.strategy.explain?.(told) === undefined, "explained what it did not suggest");
            }
            for (const id of await ask(subject, 5)) {
              explained.set(textOf(subject.catalogue, id), readExplanation(subject.strategy.explain?.(id)));
              if (id % 2 === 0) subject.strategy.observe([{ architecture: id, label: score(subject.catalogue, id) }]);
            }
            subject = begin(space, 1, JSON.parse(JSON.stringify(subject.strategy.state())));
            for (const [text, explanation] of explained) {
              const again = subject.strategy.explain?.(subject.catalogue.idOf(space.parse(text)));
              check(readExplanation(again) === explanation, `explained ${text} in another way after it was restored`);
            }
          }
        }
      },
    ],
    [
      "recommends an architecture without changing the search",
      async () => {
        for (const space of spaces) {
          const subject = begin(space);
          const { catalogue, strategy } = subject;
          if (strategy.recommend === undefined) return;
          const seen = new Set<string>();
          for (let round = 0; round < 5; round++) {
            const suggested = await ask(subject, 5, seen);
            strategy.observe(suggested.map((id) => ({ architecture: id, label: score(catalogue, id) })));
            const before = JSON.stringify(strategy.state());
            const recommended = await strategy.recommend();
            checkRecommendation(recommended, catalogue);
            check(JSON.stringify(strategy.state()) === before, "recommending changed the state");
            check(
              JSON.stringify(await strategy.recommend()) === JSON.stringify(recommended),
              "recommended something else when asked again",
            );
          }
          check(same(await drive(begin(space), 5), [...seen]), "recommending changed what was suggested");
        }
      },
    ],
  ];
}

/** An explanation as text, after checking that it has the form of one. */
function readExplanation(explanation: Explanation | undefined): string {
  const parsed = explanationSchema.safeParse(explanation);
  check(parsed.success, `gave the explanation ${JSON.stringify(explanation)}`);
  return JSON.stringify(parsed.data);
}

function checkRecommendation(recommended: Recommendation | undefined, catalogue: Catalogue): void {
  if (recommended === undefined) return;
  const { architecture, predicted, probabilityBest } = recommended;
  check(
    Number.isInteger(architecture) && architecture >= 0 && architecture < catalogue.size,
    `recommended the number ${architecture}`,
  );
  check(
    predicted === undefined || predictedLabelSchema.safeParse(predicted).success,
    `predicted ${JSON.stringify(predicted)}`,
  );
  check(
    probabilityBest === undefined || (probabilityBest >= 0 && probabilityBest <= 1),
    `gave the probability ${probabilityBest}`,
  );
}
