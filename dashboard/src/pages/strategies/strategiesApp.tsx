import { useEffect, useMemo, useState } from "preact/hooks";
import type { StrategyComparison } from "../../../../src/view/strategies/contract.js";
import { plainName } from "../../format/plainText.js";
import { ReportFoot } from "../../parts/reportFoot.js";
import { ErrorState, LoadingState } from "../../parts/states.js";
import { SkipLink, TopBar } from "../../parts/topBar.js";
import type { EmbeddedReport } from "../../sources/readReport.js";
import { ViewProblem } from "../../sources/viewProblem.js";
import { applyTheme, readTheme } from "../../state/theme.js";
import { StrategiesPage } from "./strategiesPage.js";

/** The front end of a report about strategies: one page. */
export function StrategiesApp({ head, views }: EmbeddedReport) {
  const [comparison, setComparison] = useState<StrategyComparison>();
  const [problem, setProblem] = useState<ViewProblem>();
  useMemo(() => applyTheme(readTheme()), []);
  useEffect(() => {
    views.then(
      ({ strategies }) => {
        setComparison(strategies);
        if (strategies === undefined) setProblem(new ViewProblem("This report holds no comparison"));
        else document.title = `Strategies on ${plainName(strategies.benchmark)} · Assay`;
      },
      (error: unknown) => setProblem(error instanceof ViewProblem ? error : new ViewProblem(String(error))),
    );
  }, [views]);
  return (
    <>
      <SkipLink href="#/" />
      <TopBar home="Assay: this comparison">
        <nav class="trail" aria-label="Place" />
      </TopBar>
      <main id="main" tabIndex={-1}>
        {problem !== undefined ? (
          <ErrorState problem={problem} />
        ) : comparison === undefined ? (
          <LoadingState what="Reading the comparison" height={420} />
        ) : (
          <StrategiesPage comparison={comparison} />
        )}
      </main>
      <ReportFoot head={head} />
    </>
  );
}
