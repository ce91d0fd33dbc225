import {
  REPORT_ELEMENT,
  type ReportData,
  type ReportHead,
  type ReportViews,
} from "../../../src/view/report/contract.js";
import { ViewProblem } from "./viewProblem.js";

/** What a report file holds. */
export interface EmbeddedReport {
  readonly head: ReportHead;
  readonly views: Promise<ReportViews>;
}

/** The report that this page is; undefined where it is the dashboard. */
export function readReport(page: Document): EmbeddedReport | undefined {
  const element = page.getElementById(REPORT_ELEMENT);
  if (element === null) return undefined;
  const { views, ...head } = JSON.parse(element.textContent ?? "") as ReportData;
  // Several megabytes that nobody reads again.
  element.remove();
  const unpacked = unpack(views);
  // Pages that ask for it show the problem.
  unpacked.catch(() => {});
  return { head, views: unpacked };
}

async function unpack(text: string): Promise<ReportViews> {
  if (typeof DecompressionStream === "undefined") {
    throw new ViewProblem("This browser is too old to unpack the report", "Open it in a browser of 2023 or later.");
  }
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return (await new Response(stream).json()) as ReportViews;
  } catch {
    throw new ViewProblem("This report is damaged", "It was cut off or changed on its way. Ask for it again.");
  }
}
