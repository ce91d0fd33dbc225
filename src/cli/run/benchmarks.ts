import { howToGetBenchmarks, importFormats, listBenchmarks, packPlaces } from "../../benchmark/index.js";
import { noteVerbosely, print, printJson, type Session } from "../session.js";
import { describeShare } from "../text/estimationCosts.js";
import { formatCount } from "../text/numbers.js";
import { drawTable } from "../text/table.js";
import { wrapText } from "../text/wrapText.js";

export function runBenchmarks(session: Session, { json = false }: { readonly json?: boolean }): void {
  const listings = listBenchmarks();
  const places = packPlaces();
  if (json) {
    printJson(session, {
      schema: 1,
      benchmarks: listings.map(({ rows, estimationCodes, ...listing }) => ({
        ...listing,
        rows: rows ?? null,
        estimationCodes:
          estimationCodes?.map(({ name, columns, ...code }) => ({ name, numbers: columns.length, ...code })) ?? null,
      })),
      lookedIn: places.map(({ title, folder }) => ({ title, folder })),
      formats: Object.keys(importFormats),
    });
    return;
  }
  const { out, outColours } = session.terminal;
  const width = Math.min(100, out.columns);
  if (listings.length === 0) {
    print(session, "There are no benchmarks here yet.");
  } else {
    const rows = listings.map(({ name, title, rows }) => [
      name,
      rows === undefined ? "on first use" : formatCount(rows),
      title,
    ]);
    const taken = Math.max(...rows.map(([name]) => name.length)) + 12 + 4;
    print(
      session,
      drawTable(
        [
          { title: "benchmark" },
          { title: "rows", align: "right" },
          { title: "what it is", width: Math.max(20, width - taken) },
        ],
        rows,
        outColours,
      ),
    );
  }
  for (const { name, estimationCodes = [] } of listings) {
    if (estimationCodes.length === 0) continue;
    const codes = estimationCodes.map((code) => `${code.name} (${describeShare(code.cost)})`).join(", ");
    noteVerbosely(session, `${name}: estimation codes ${codes}`);
  }
  if (listings.some(({ rows }) => rows === undefined)) {
    print(
      session,
      `\n${wrapText("on first use: made once from tables or from another benchmark, as a pack in your cache folder.", width)}`,
    );
  }
  print(session, "\nLooked in, in this order:");
  for (const { title, folder } of places) {
    const count = listings.filter((listing) => listing.place === title).length;
    print(session, `  ${title}: ${folder} (${count})`);
  }
  print(session, `\n${wrapText(howToGetBenchmarks, width)}`);
  print(session, wrapText(`Formats: ${Object.keys(importFormats).join(", ")}`, width));
}
