import { useState } from "preact/hooks";
import type { MeasureName, StrategyComparison } from "../../../../src/view/strategies/contract.js";
import { plainName } from "../../format/plainText.js";
import { countWords } from "../../format/words.js";
import { Choice } from "../../parts/choice.js";
import { Facts } from "../../parts/facts.js";
import { ComparedFigures } from "../compare/comparedFigures.js";
import { TargetForm } from "../compare/targetForm.js";
import { aimMeasure } from "./aimMeasure.js";
import { StrategyTable } from "./strategyTable.js";

const measureWords: Readonly<Record<MeasureName, string>> = {
  bestTest: "best test value",
  testOfBestLabel: "test of the best label",
  bestLabel: "best label",
};

/** Strategies with many seeds each on one benchmark. */
export function StrategiesPage({ comparison }: { readonly comparison: StrategyComparison }) {
  const { benchmark, measures, strategies, seeds, budget, isComplete, facts } = comparison;
  const [wanted, setWanted] = useState<MeasureName>("bestTest");
  const [target, setTarget] = useState<number>();
  const measure = measures.find(({ name }) => name === wanted) ?? measures[0];
  const view = aimMeasure(measure, target);
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{`Strategies on ${plainName(benchmark)}`}</h1>
          <p class="subtitle">
            {`${countWords(strategies.length, "strategy", "strategies")}, ${countWords(seeds, "run")} each, ${countWords(budget, "query", "queries")}${isComplete ? "" : "; stopped before all runs were done"}`}
          </p>
        </div>
        <div class="tools">
          <Choice
            label="Measure"
            value={measure.name}
            options={measures.map(({ name }) => [name, measureWords[name]])}
            onChange={(name) => {
              setWanted(name);
              setTarget(undefined);
            }}
          />
          {measure.steps !== undefined && <TargetForm target={view.target} onTarget={setTarget} />}
        </div>
      </div>
      <p class="note">{capital(plainName(measure.words))}.</p>
      <ComparedFigures view={view} />
      <div class="grid">
        <StrategyTable comparison={comparison} optimum={measure.name === "bestTest" ? "test" : "label"} />
        <section class="card panel">
          <header class="figure-head">
            <h3>Facts and settings</h3>
          </header>
          <Facts items={facts.map(([name, value]) => [plainName(name), plainName(value)] as const)} />
        </section>
      </div>
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
