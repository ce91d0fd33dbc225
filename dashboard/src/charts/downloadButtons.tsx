import { sheetPad } from "../figureFiles/figureSheet.js";
import { writeFigure } from "../figureFiles/writeFigure.js";
import { type Table, writeCsv } from "../format/csv.js";
import type { FigureContent } from "./figureContent.js";
import { readPageStyles } from "./pageStyles.js";

/** Narrower figures would have no room for their titles. */
const leastWidth = 360;

interface DownloadProps {
  readonly figure: FigureContent;
  /** As it is on the page. */
  readonly width: number;
}

/** The figure as a file and its numbers as a table. */
export function DownloadButtons({ figure, width }: DownloadProps) {
  const { title, name, table } = figure;
  return (
    <span class="downloads">
      <button
        type="button"
        class="button is-small"
        title="Download this figure as SVG"
        aria-label={`Download “${title}” as SVG`}
        onClick={() =>
          offerFile(
            `${name}.svg`,
            "image/svg+xml",
            writeFigure(figure, Math.max(leastWidth, width + 2 * sheetPad), readPageStyles()),
          )
        }
      >
        SVG
      </button>
      <DownloadCsv title={title} name={name} table={table} />
    </span>
  );
}

interface DownloadCsvProps {
  readonly title: string;
  readonly name: string;
  readonly table: () => Table;
}

/** The numbers alone, for tables. */
export function DownloadCsv({ title, name, table }: DownloadCsvProps) {
  return (
    <button
      type="button"
      class="button is-small"
      title="Download the numbers as CSV"
      aria-label={`Download the numbers of “${title}” as CSV`}
      onClick={() => offerFile(`${name}.csv`, "text/csv", writeCsv(table()))}
    >
      CSV
    </button>
  );
}

/** Has the browser save a text as a file. */
export function offerFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then, and the text need not stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
