import { plainName } from "../../format/plainText.js";
import { CopyButton } from "../../parts/copyButton.js";
import { writeRoute } from "../../router.js";
import type { PointFacts } from "./pointFacts.js";

interface PointCardProps {
  readonly facts: PointFacts;
  readonly study: string;
  readonly onClose: () => void;
}

/** What stands at the point that was chosen: to read at leisure, to copy, and to open where it is a trial. */
export function PointCard({ facts, study, onClose }: PointCardProps) {
  const { title, architecture, problem, values, broken, number, isTrial } = facts;
  return (
    <section class="point-card" aria-label="The chosen point">
      <header class="figure-head">
        <h4>{title}</h4>
        <div class="figure-tools">
          {number !== undefined && (
            <a class="button is-small" href={writeRoute({ page: "trial", name: study, number })}>
              {isTrial ? "Open the trial" : `Open trial ${number}`}
            </a>
          )}
          {architecture !== undefined && <CopyButton label="Copy the architecture" text={() => architecture} />}
          <button type="button" class="button is-small is-quiet" onClick={onClose}>
            Close
          </button>
        </div>
      </header>
      {architecture !== undefined && <p class="point-text">{plainName(architecture)}</p>}
      {problem !== undefined && <p class="note">{`${plainName(problem.message)}. ${plainName(problem.hint ?? "")}`}</p>}
      <p class="point-values">
        {values.map(([name, value]) => (
          <span key={name}>
            {`${plainName(name)} `}
            <b>{value}</b>
          </span>
        ))}
        {broken.map((words) => (
          <span key={words}>{plainName(words)}</span>
        ))}
      </p>
    </section>
  );
}
