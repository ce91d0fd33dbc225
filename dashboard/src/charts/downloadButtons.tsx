import { type Table, writeCsv } from "../format/csv.js";
import { writeFigure } from "./writeFigure.js";

interface DownloadProps {
  readonly title: string;
  readonly name: string;
  readonly table: () => Table | Promise<Table>;
  /** The drawing, or the text of a file where it is no SVG element. */
  readonly svg: () => SVGSVGElement | string;
}

/** The figure as a file and its numbers as a table. */
export function DownloadButtons({ title, name, table, svg }: DownloadProps) {
  return (
    <span class="downloads">
      <button
        type="button"
        class="button is-small"
        title="Download this figure as SVG"
        aria-label={`Download “${title}” as SVG`}
        onClick={() => {
          const drawing = svg();
          offerFile(
            `${name}.svg`,
            "image/svg+xml",
            typeof drawing === "string" ? drawing : writeFigure(drawing, title),
          );
        }}
      >
        SVG
      </button>
      <DownloadCsv title={title} name={name} table={table} />
    </span>
  );
}

/** The numbers alone, for tables. */
export function DownloadCsv({ title, name, table }: Omit<DownloadProps, "svg">) {
  return (
    <button
      type="button"
      class="button is-small"
      title="Download the numbers as CSV"
      aria-label={`Download the numbers of “${title}” as CSV`}
      onClick={async () => offerFile(`${name}.csv`, "text/csv", writeCsv(await table()))}
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
