import type { TrialView } from "../../../src/view/contract.js";
import type { StudyFigures } from "../../../src/view/figures/contract.js";
import type { FigureContent } from "../charts/figureContent.js";
import { formatValue } from "../format/numbers.js";
import { colourRamp } from "../pages/dynamics/colourRamp.js";
import { colourRange, predictedRange } from "../pages/dynamics/colourRange.js";
import { type MapColours, mapColours } from "../pages/dynamics/mapColours.js";
import { mapFigure } from "../pages/dynamics/mapFigure.js";
import { mapState } from "../pages/dynamics/mapState.js";
import { bestSoFarFigure } from "../pages/study/bestSoFar.js";
import { comparedQuantities, costFigure } from "../pages/study/costScatter.js";
import { hasPredictions, predictedFigure } from "../pages/study/predictedMeasured.js";
import { qualityFigure } from "../pages/study/predictionQuality.js";
import { groupCurves, trainingFigure } from "../pages/trial/trainingCurves.js";
import { graphFigure } from "../parts/architecture/architectureFigure.js";
import { parameterFigure } from "../parts/architecture/parameterMarks.js";

/**
 * The figures of a study in the order of its page: those of the overview, the map after the last decision, and the training curves of the
 * best trial. What there is nothing of is left out.
 *
 * @param variables custom properties of the page, for colours
 */
export function studyFigures(study: StudyFigures, variables: Readonly<Record<string, string>>): FigureContent[] {
  const { view, trials, best, map } = study;
  const isCost = ({ name, kind }: { readonly name: string; readonly kind: string }): boolean =>
    kind !== "metric" || view.objectives.includes(name) || view.limits.some((limit) => limit.name === name);
  return [
    bestSoFarFigure({ view, trials }, false),
    ...comparedQuantities({ view, trials })
      .filter((cost) => isCost(cost) && hasBoth(study, cost.name))
      .map((cost) => costFigure({ view, trials }, cost)),
    ...(hasPredictions({ view, trials }) ? [predictedFigure({ view, trials })] : []),
    ...(view.quality.some(({ count }) => count > 0) ? [qualityFigure(view)] : []),
    ...(best === undefined ? [] : bestFigures(study, best)),
    ...(map === undefined
      ? []
      : [
          lastMap(
            study,
            map,
            mapColours((name) => variables[name] ?? "#000"),
          ),
        ]),
  ];
}

/** Whether some trial has a label and this. */
function hasBoth({ view, trials }: StudyFigures, name: string): boolean {
  const labels = trials.values[view.quantities[0].name] ?? [];
  return trials.values[name]?.some((value, place) => value !== null && typeof labels[place] === "number") ?? false;
}

function bestFigures({ view }: StudyFigures, trial: TrialView): FigureContent[] {
  const { name } = view.row;
  const { graph, parameters } = trial.drawing;
  const heading = { title: "Best architecture", study: name, number: trial.number };
  const values = view.quantities.flatMap((quantity) => {
    const value = trial.values[quantity.name];
    return value === null || value === undefined
      ? []
      : [`${quantity.name} ${formatValue(value, quantity)}`.replaceAll(" ", "\u00a0")];
  });
  const note = `${values.join(", ")}. ${trial.architecture}`;
  const drawn = graph !== undefined ? graphFigure(heading, graph) : parameters && parameterFigure(heading, parameters);
  return [
    ...(drawn === undefined ? [] : [{ ...drawn, note }]),
    ...Object.entries(groupCurves(trial.curves)).map(([group, curves]) =>
      trainingFigure({ study: name, trial }, group, curves),
    ),
  ];
}

function lastMap(
  { view, trials }: StudyFigures,
  { map, frame }: NonNullable<StudyFigures["map"]>,
  colours: MapColours,
): FigureContent {
  const label = view.quantities[0].name;
  const decision = map.decisions;
  return mapFigure({
    ...{ view, trials, map, frame, decision, colours },
    state: mapState(map, trials, label, decision, frame),
    colourBy: frame.predicted === null ? "measured" : "predicted",
    range: colourRange(predictedRange(frame.predicted), label, trials),
    ramp: colourRamp(false),
  });
}
