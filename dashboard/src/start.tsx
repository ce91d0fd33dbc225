import { render } from "preact";
import { App } from "./app.js";
import { StrategiesApp } from "./pages/strategies/strategiesApp.js";
import { ReportFoot } from "./parts/reportFoot.js";
import { writeRoute } from "./router.js";
import { createFileSource } from "./sources/fileSource.js";
import { createHttpSource } from "./sources/httpSource.js";
import { readReport } from "./sources/readReport.js";

/** Draws the page that this is: a report, or the dashboard. */
export function start(): void {
  const root = document.getElementById("app")!;
  const report = readReport(document);
  if (report === undefined) render(<App source={createHttpSource("")} />, root);
  else if (report.head.isComparison === true) render(<StrategiesApp {...report} />, root);
  else {
    const { head, views } = report;
    // A list of one is no page to begin with.
    if (head.studies.length === 1 && location.hash === "")
      history.replaceState(undefined, "", writeRoute({ page: "study", name: head.studies[0], tab: "overview" }));
    render(
      <>
        <App source={createFileSource(views)} />
        <ReportFoot head={head} />
      </>,
      root,
    );
  }
}
