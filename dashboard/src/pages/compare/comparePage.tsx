import type { CompareView } from "../../../../src/view/contract.js";
import { plainName } from "../../format/plainText.js";
import { countWords } from "../../format/words.js";
import { EmptyState, WhenLoaded } from "../../parts/states.js";
import { writeRoute } from "../../router.js";
import { useSource } from "../../sources/sourceContext.js";
import { useView } from "../../state/useView.js";
import { ComparedFigures } from "./comparedFigures.js";
import { TargetForm } from "./targetForm.js";

interface ComparePageProps {
  readonly names: readonly string[];
  readonly target: number | undefined;
}

/** Several studies of one subject: runs of the same strategy become one curve. */
export function ComparePage({ names, target }: ComparePageProps) {
  if (names.length === 0) {
    return (
      <EmptyState title="Nothing to compare yet">
        <p>
          Choose two or more <a href="#/">studies</a>, then “Compare”.
        </p>
      </EmptyState>
    );
  }
  return <LoadedComparison names={names} target={target} />;
}

function LoadedComparison({ names, target }: ComparePageProps) {
  const source = useSource();
  const loaded = useView(`compare ${JSON.stringify(names)} ${target}`, names, () => source.compare(names, target));
  return (
    <WhenLoaded loaded={loaded} what="Comparing the studies" height={420}>
      {(view) => <Comparison view={view} names={names} />}
    </WhenLoaded>
  );
}

function Comparison({ view, names }: { readonly view: CompareView; readonly names: readonly string[] }) {
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Compare</h1>
          <p class="subtitle">{`${countWords(names.length, "study", "studies")} on ${plainName(view.subject)}, budget ${view.budget}`}</p>
        </div>
        <TargetForm
          target={view.target}
          onTarget={(wanted) => {
            location.hash = writeRoute(
              wanted === undefined ? { page: "compare", names } : { page: "compare", names, target: wanted },
            );
          }}
        />
      </div>
      <h2 class="unseen">Figures</h2>
      <ComparedFigures view={view} />
    </>
  );
}
