import type { ReportHead } from "../../../src/view/report/contract.js";
import { plainName } from "../format/plainText.js";
import { formatMoment } from "../format/time.js";

/** When a report was made, by what, and what it leaves out. */
export function ReportFoot({ head: { version, madeAt, notes } }: { readonly head: ReportHead }) {
  return (
    <footer class="report-foot">
      <p>
        {"Report made "}
        <time dateTime={new Date(madeAt * 1000).toISOString()}>{formatMoment(madeAt)}</time>
        {` by Assay ${plainName(version)}. It shows how things stood then, and reaches no network.`}
      </p>
      {notes.length > 0 && (
        <ul>
          {notes.map((note) => (
            <li key={note}>{plainName(note)}</li>
          ))}
        </ul>
      )}
    </footer>
  );
}
