import { BestArchitecture } from "./bestArchitecture.js";
import { BestSoFar } from "./bestSoFar.js";
import { CostScatter } from "./costScatter.js";
import { KeyFigures } from "./keyFigures.js";
import { hasPredictions, PredictedMeasured } from "./predictedMeasured.js";
import { PredictionQualityFigure } from "./predictionQuality.js";
import { StudyFacts } from "./studyFacts.js";
import type { StudyTrials } from "./studyTrials.js";

/** How far a study has come, what it found, and how well its model knew beforehand. */
export function Overview({ view, trials }: StudyTrials) {
  return (
    <>
      <KeyFigures view={view} trials={trials} />
      <div class="grid">
        <BestSoFar view={view} trials={trials} />
        <CostScatter view={view} trials={trials} />
        {hasPredictions({ view, trials }) && <PredictedMeasured view={view} trials={trials} />}
        {view.quality.length > 0 && <PredictionQualityFigure view={view} />}
        {view.row.best !== undefined && <BestArchitecture name={view.row.name} best={view.row.best} view={view} />}
        <StudyFacts view={view} />
      </div>
    </>
  );
}
