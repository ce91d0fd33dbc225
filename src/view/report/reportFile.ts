import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { REPORT_ELEMENT, type ReportData, type ReportHead, type ReportViews } from "./contract.js";

/** What a report file is made of. */
export interface ReportFileParts {
  readonly head: ReportHead;
  readonly views: ReportViews;
  /** The front end, as a module. */
  readonly script: string;
  readonly style: string;
}

/**
 * One page that holds everything it shows and reaches no network. Its security policy runs this one script, by its hash. Names, logs and
 * whatever else users wrote are JSON without the sign that could end their element.
 */
export function writeReportFile({ head, views, script, style }: ReportFileParts): string {
  requireInlinable("script", script);
  requireInlinable("style", style);
  const data: ReportData = { ...head, views: gzipSync(JSON.stringify(views), { level: 9 }).toString("base64") };
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Assay ${head.version}">
<title>Assay report</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>This report needs JavaScript. It reaches no network.</noscript>
<script type="application/json" id="${REPORT_ELEMENT}">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Browsers read line ends as \n before they hash, and an element ends where its name stands in it. */
function requireInlinable(element: "script" | "style", text: string): void {
  if (!new RegExp(`</${element}|<!--|\\r`, "i").test(text)) return;
  throw new Error(`the ${element} of the front end cannot stand in a page`);
}
