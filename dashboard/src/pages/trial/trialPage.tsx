import type { TrialView } from "../../../../src/view/contract.js";
import { formatValue } from "../../format/numbers.js";
import { plainName, plainText } from "../../format/plainText.js";
import { ArchitectureFigure } from "../../parts/architecture/architectureFigure.js";
import { CopyButton } from "../../parts/copyButton.js";
import { StateBadge } from "../../parts/standingBadge.js";
import { WhenLoaded } from "../../parts/states.js";
import { writeRoute } from "../../router.js";
import { useSource } from "../../sources/sourceContext.js";
import { useView } from "../../state/useView.js";
import { Attempts } from "./attempts.js";
import { Log } from "./log.js";
import { Measurements } from "./measurements.js";
import { Neighbours } from "./neighbours.js";
import { TrainingCurves } from "./trainingCurves.js";

/** One trial and its architecture. */
export function TrialPage({ name, number }: { readonly name: string; readonly number: number }) {
  const source = useSource();
  const loaded = useView(`trial ${number} ${name}`, [name], () => source.trial(name, number));
  return (
    <WhenLoaded loaded={loaded} what="Reading the trial" height={420}>
      {(trial) => <Trial name={name} trial={trial} />}
    </WhenLoaded>
  );
}

function Trial({ name, trial }: { readonly name: string; readonly trial: TrialView }) {
  const { number, architecture, state, failure, log } = trial;
  const source = useSource();
  const rows = useView("studies", [name], () => source.studies());
  const row = rows.content?.find((each) => each.name === name);
  const last = row === undefined ? undefined : Object.values(row.counts).reduce((sum, count) => sum + count, 0) - 1;
  return (
    <>
      <div class="page-head">
        <div>
          <h1>
            {`Trial ${number}`}
            {trial.label !== null && <span class="heading-value">{formatValue(trial.label, trial.quantities[0])}</span>}
          </h1>
          <p class="subtitle">
            <StateBadge state={state} /> {trial.reason === undefined ? "" : `suggested as: ${plainName(trial.reason)}`}
          </p>
        </div>
        <div class="tools">
          {number > 0 && (
            <a class="button" href={writeRoute({ page: "trial", name, number: number - 1 })} rel="prev">
              ← {number - 1}
            </a>
          )}
          {(last === undefined || number < last) && (
            <a class="button" href={writeRoute({ page: "trial", name, number: number + 1 })} rel="next">
              {number + 1} →
            </a>
          )}
          <CopyButton label="Copy text" text={() => architecture} />
          <CopyButton
            label="Copy JSON"
            text={() => JSON.stringify({ study: name, ...trial, log: undefined }, undefined, 2)}
          />
        </div>
      </div>
      {failure !== undefined && (
        <div class="card state is-error is-left">
          <h2>This trial failed</h2>
          <pre class="log">{plainText(failure)}</pre>
        </div>
      )}
      {failure === undefined && <h2 class="unseen">What is known of it</h2>}
      <div class="grid is-pair">
        <div class="stack">
          <ArchitectureFigure
            title="Architecture"
            study={name}
            number={number}
            drawing={trial.drawing}
            footer={<p class="architecture-text">{plainName(architecture)}</p>}
          />
          <TrainingCurves study={name} trial={trial} />
          {trial.attempts.length > 0 && <Attempts trial={trial} />}
        </div>
        <div class="stack">
          <Measurements trial={trial} />
          {trial.neighbours.length > 0 && <Neighbours study={name} trial={trial} />}
        </div>
        {log !== undefined && <Log log={log} isReadFromEnd={failure !== undefined} />}
      </div>
    </>
  );
}
