import type { StudyView, TrialColumns } from "../../../../src/view/contract.js";
import { BestArchitecture } from "./bestArchitecture.js";
import { BestSoFar } from "./bestSoFar.js";
import { CostScatter } from "./costScatter.js";
import { KeyFigures } from "./keyFigures.js";
import { PredictedMeasured } from "./predictedMeasured.js";
import { PredictionQualityFigure } from "./predictionQuality.js";
import { StudyFacts } from "./studyFacts.js";

interface OverviewProps {
  readonly view: StudyView;
  readonly trials: TrialColumns;
}

/** How far a study has come, what it found, and how well its model knew beforehand. */
export function Overview({ view, trials }: OverviewProps) {
  const hasPredictions = trials.predicted.some((value) => value !== null);
  return (
    <>
      <KeyFigures view={view} trials={trials} />
      <div class="grid">
        <BestSoFar view={view} trials={trials} />
        <CostScatter view={view} trials={trials} />
        {hasPredictions && <PredictedMeasured view={view} trials={trials} />}
        {view.quality.length > 0 && <PredictionQualityFigure view={view} />}
        {view.row.best !== undefined && <BestArchitecture name={view.row.name} best={view.row.best} view={view} />}
        <StudyFacts view={view} />
      </div>
    </>
  );
}
