import type { StudyView } from "../../../../src/view/contract.js";
import { quantityWords } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { StandingBadge } from "../../parts/standingBadge.js";
import { WhenLoaded } from "../../parts/states.js";
import { type StudyTab, studyTabs, writeRoute } from "../../router.js";
import { useSource } from "../../sources/sourceContext.js";
import { useTrials } from "../../state/useTrials.js";
import { useView } from "../../state/useView.js";
import { Dynamics } from "../dynamics/dynamics.js";
import { Trials } from "../trials/trials.js";
import { Overview } from "./overview.js";

const tabWords: Readonly<Record<StudyTab, string>> = { overview: "Overview", trials: "Trials", dynamics: "Map" };

interface StudyPageProps {
  readonly name: string;
  readonly tab: StudyTab;
  readonly state?: string | undefined;
}

/** One study: its figures, its trials, and the way it went through the space. */
export function StudyPage({ name, tab, state }: StudyPageProps) {
  const source = useSource();
  const loaded = useView(`study ${name}`, [name], () => source.study(name));
  const trials = useTrials(name);
  return (
    <WhenLoaded loaded={loaded} what="Reading the study" height={420}>
      {(view) => (
        <>
          <StudyHead view={view} tab={tab} />
          <h2 class="unseen">{tabWords[tab]}</h2>
          <WhenLoaded loaded={trials} what="Reading the trials" height={420}>
            {(columns) =>
              tab === "overview" ? (
                <Overview view={view} trials={columns} />
              ) : tab === "trials" ? (
                <Trials key={state ?? ""} view={view} trials={columns} state={state} />
              ) : (
                <Dynamics view={view} trials={columns} />
              )
            }
          </WhenLoaded>
        </>
      )}
    </WhenLoaded>
  );
}

function StudyHead({ view: { row, objectives }, tab }: { readonly view: StudyView; readonly tab: StudyTab }) {
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{plainName(row.name)}</h1>
          <p class="subtitle">
            <StandingBadge row={row} />{" "}
            {`strategy ${plainName(row.strategy)} on ${plainName(row.subject)}, seed ${row.seed}`}
            {objectives.length > 1 && `, objectives ${objectives.map(quantityWords).join(" and ")}`}
          </p>
        </div>
      </div>
      <nav class="tabs" aria-label="Parts of the study">
        {studyTabs.map((each) => (
          <a
            key={each}
            href={writeRoute({ page: "study", name: row.name, tab: each })}
            {...(each === tab ? { "aria-current": "page" as const } : {})}
          >
            {tabWords[each]}
          </a>
        ))}
      </nav>
    </>
  );
}
