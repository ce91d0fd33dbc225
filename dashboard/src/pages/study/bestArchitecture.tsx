import type { StudyRow, StudyView } from "../../../../src/view/contract.js";
import { formatValue, quantityWords } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { ArchitectureFigure } from "../../parts/architecture/architectureFigure.js";
import { CopyButton } from "../../parts/copyButton.js";
import { WhenLoaded } from "../../parts/states.js";
import { writeRoute } from "../../router.js";
import { useSource } from "../../sources/sourceContext.js";
import { useView } from "../../state/useView.js";

interface BestArchitectureProps {
  readonly name: string;
  readonly best: NonNullable<StudyRow["best"]>;
  readonly view: StudyView;
}

/** The best trial so far, drawn. */
export function BestArchitecture({ name, best, view }: BestArchitectureProps) {
  const source = useSource();
  const loaded = useView(`trial ${best.number} ${name}`, [], () => source.trial(name, best.number));
  return (
    <WhenLoaded loaded={loaded} what="Reading the best trial" height={380}>
      {(trial) => (
        <ArchitectureFigure
          title="Best architecture"
          study={name}
          number={best.number}
          drawing={trial.drawing}
          controls={<CopyButton label="Copy" text={() => best.architecture} />}
          footer={
            <>
              <p class="architecture-text">{plainName(best.architecture)}</p>
              <p class="measures">
                <a href={writeRoute({ page: "trial", name, number: best.number })}>{`Trial ${best.number}`}</a>
                {view.quantities.map((quantity) => {
                  const value = trial.values[quantity.name];
                  return value === null || value === undefined ? null : (
                    <span key={quantity.name}>{`${quantityWords(quantity.name)} ${formatValue(value, quantity)}`}</span>
                  );
                })}
              </p>
            </>
          }
        />
      )}
    </WhenLoaded>
  );
}
