import type { ComponentChildren } from "preact";
import type { StudyView, TrialColumns } from "../../../../src/view/contract.js";
import { formatCount, formatDuration, formatValue, quantityWords } from "../../format/numbers.js";
import { Progress } from "../../parts/progress.js";
import { TimeAgo } from "../../parts/timeAgo.js";
import { writeRoute } from "../../router.js";
import { useNow } from "../../state/useNow.js";

/** The few numbers that people ask for first. */
export function KeyFigures({ view, trials }: { readonly view: StudyView; readonly trials: TrialColumns }) {
  const now = useNow();
  const { row } = view;
  const seconds = trials.values["seconds"]?.reduce((sum: number, value) => sum + (value ?? 0), 0);
  const decisions = trials.decision.reduce((most, decision) => Math.max(most, decision), 0);
  return (
    <section class="key-figures" aria-label="Key figures">
      <KeyFigure
        name={view.quantities[0].name === "label" ? "Best label" : `Best ${quantityWords(view.quantities[0].name)}`}
        hint="The label is the number that the search makes as large as it can, such as the validation accuracy."
        note={
          row.best && (
            <a
              href={writeRoute({ page: "trial", name: row.name, number: row.best.number })}
            >{`architecture of trial ${row.best.number}`}</a>
          )
        }
      >
        {formatValue(row.best?.label, view.quantities[0])}
      </KeyFigure>
      <KeyFigure name="Queries" note={<Progress row={row} />}>
        {formatCount(row.counts.done + row.counts.failed)}
      </KeyFigure>
      <KeyFigure
        name="Decisions"
        note={decisions > 0 ? `${(trials.number.length / decisions).toFixed(1)} trials each` : ""}
      >
        {formatCount(decisions)}
      </KeyFigure>
      <KeyFigure
        name="Failed"
        note={
          row.counts.failed > 0 ? (
            <a href={writeRoute({ page: "study", name: row.name, tab: "trials", state: "failed" })}>which, and why</a>
          ) : (
            "none"
          )
        }
      >
        {formatCount(row.counts.failed)}
      </KeyFigure>
      {seconds !== undefined && seconds > 0 && row.counts.done + row.counts.failed > 0 && (
        <KeyFigure name="Evaluation time" note="of all trials together">
          {formatDuration(seconds)}
        </KeyFigure>
      )}
      <KeyFigure
        name="Last activity"
        note={row.counts.running > 0 ? `${formatCount(row.counts.running)} running now` : ""}
      >
        <TimeAgo time={row.changedAt} now={now} />
      </KeyFigure>
    </section>
  );
}

interface KeyFigureProps {
  readonly name: string;
  readonly hint?: string;
  readonly note?: ComponentChildren;
  readonly children: ComponentChildren;
}

function KeyFigure({ name, hint, note, children }: KeyFigureProps) {
  return (
    <div class="card key-figure" title={hint}>
      <span class="key-name">{name}</span>
      <span class="key-value">{children}</span>
      <span class="key-note">{note}</span>
    </div>
  );
}
