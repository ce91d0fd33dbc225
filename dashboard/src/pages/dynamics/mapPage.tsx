import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { MapView, StudyView, TrialColumns } from "../../../../src/view/contract.js";
import { DownloadButtons } from "../../charts/downloadButtons.js";
import { plainText } from "../../format/plainText.js";
import { Choice } from "../../parts/choice.js";
import { useIsDark } from "../../state/theme.js";
import { type Camera, wholeMap } from "./camera.js";
import { colourRamp } from "./colourRamp.js";
import { colourRange, predictedRange } from "./colourRange.js";
import { DecisionPanel } from "./decisionPanel.js";
import { MapCanvas } from "./mapCanvas.js";
import { type MapColours, readMapColours } from "./mapColours.js";
import { mapFigure, mapHeight } from "./mapFigure.js";
import { baseGroups, markGroups } from "./mapLayers.js";
import { layOutMap } from "./mapLayout.js";
import { MapLegend } from "./mapLegend.js";
import { mapState } from "./mapState.js";
import { mapTable } from "./mapTable.js";
import { PointCard } from "./pointCard.js";
import { pointFacts, targetOf } from "./pointFacts.js";
import { Timeline } from "./timeline.js";
import { useFrame } from "./useFrame.js";
import { usePoints } from "./usePoints.js";

/** Pixels of the page above and below the map, down to the timeline. */
const surroundings = 345;
const leastHeight = 360;

interface MapPageProps {
  readonly view: StudyView;
  readonly trials: TrialColumns;
  readonly map: MapView;
  readonly onMethod: (method: MapView["method"]) => void;
}

/** The map, the decision it shows, and what happened in it. */
export function MapPage({ view, trials, map, onMethod }: MapPageProps) {
  const { name } = view.row;
  const label = view.quantities[0];
  const last = map.decisions;
  const [wanted, setDecision] = useState<number | "last">("last");
  const decision = wanted === "last" ? last : Math.min(wanted, last);
  const [colourBy, setColourBy] = useState<"predicted" | "measured">("predicted");
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [colours, setColours] = useState<MapColours>();
  const isDark = useIsDark();
  const camera = useRef<Camera>(wholeMap);
  const [chosen, setChosen] = useState<number>();
  const points = usePoints(name);
  const { frame, problem } = useFrame(name, map.method, decision, last, trials);

  useLayoutEffect(() => {
    const element = box.current!;
    const measure = (): void => setWidth(Math.round(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => setColours(readMapColours(box.current!)), [isDark]);

  // With the timeline on the same screen, where that is high enough.
  const height = Math.min(mapHeight(width), Math.max(leastHeight, innerHeight - surroundings));
  const layout = useMemo(() => layOutMap(map, width, height), [map.x, map.y, width, height]);
  const state = useMemo(() => mapState(map, trials, label.name, decision, frame), [map, trials, decision, frame]);
  const excluded = useMemo(() => new Set(map.excluded), [map.excluded]);
  const range = useRange(label.name, trials, frame?.predicted ?? undefined, map.excluded);
  const ramp = useMemo(() => colourRamp(isDark), [isDark]);
  const groups = useMemo(() => {
    if (colours === undefined || width === 0) return undefined;
    const input = {
      layout,
      predicted: frame?.predicted,
      excluded: map.excluded ?? [],
      state,
      range,
      ramp,
      colours,
      colourBy,
    };
    return { base: baseGroups(input), marks: markGroups(input) };
  }, [layout, frame, map.excluded, state, range, ramp, colours, colourBy]);
  const stops = useMemo(() => [...state.labels.keys()].sort((a, b) => map.trial[a] - map.trial[b]), [state]);

  const isMarked = useMemo(() => new Set([...state.labels.keys(), ...state.failed, ...state.candidates]), [state]);

  const factsOf = (point: number) =>
    pointFacts(point, {
      ...{ view, trials, map, frame, state, decision, points },
      isExcluded: (one) => excluded.has(one),
    });
  const figureOf = (seen: Camera) =>
    colours && mapFigure({ view, trials, map, frame, decision, state, colourBy, range, ramp, colours, camera: seen });
  const figure = figureOf(wholeMap);
  // A report may not hold those that were not evaluated.
  const readTexts = () => points.readAll(map.x.length).catch((): readonly string[] => []);
  return (
    <div class="dynamics">
      <figure class="card figure map-card">
        <header class="figure-head">
          <h3>Map of the space</h3>
          <div class="figure-tools">
            <Choice
              label="Colour"
              value={colourBy}
              options={[
                ["predicted", "predicted"],
                ["measured", "measured"],
              ]}
              onChange={setColourBy}
            />
            <Choice
              label="Method"
              value={map.method}
              options={[
                ["UMAP", "UMAP"],
                ["t-SNE", "t-SNE"],
              ]}
              onChange={onMethod}
            />
            {figure !== undefined && (
              <DownloadButtons
                figure={{ ...figure, draw: (...size) => figureOf(camera.current)!.draw(...size) }}
                width={width}
                table={async () =>
                  mapTable({ map, frame, trials, state, labelName: label.name, texts: await readTexts() })
                }
              />
            )}
          </div>
        </header>
        {figure !== undefined && <MapLegend items={figure.legend ?? []} scale={figure.scale} />}
        <div
          ref={box}
          class={frame?.decision === decision ? "map-box" : "map-box is-late"}
          style={{ minHeight: `${height}px` }}
        >
          {groups !== undefined && (
            <MapCanvas
              layout={layout}
              base={groups.base}
              marks={groups.marks}
              paper={colours?.paper ?? "#fff"}
              label={`${figure?.summary ?? ""} ${keysInWords}`}
              stops={stops}
              isPreferred={(point) => isMarked.has(point)}
              tell={(point, x, y) => targetOf(factsOf(point), x, y)}
              chosen={chosen}
              onChoose={setChosen}
              onCamera={(view) => {
                camera.current = view;
              }}
            />
          )}
        </div>
        <Timeline
          decision={decision}
          last={last}
          isReady={frame?.decision === decision}
          onDecision={(next) => setDecision(next >= last ? "last" : next)}
        />
        {chosen !== undefined && chosen < map.x.length && (
          <PointCard facts={factsOf(chosen)} study={name} onClose={() => setChosen(undefined)} />
        )}
        {problem !== undefined && (
          <p class="notice" role="status">
            {plainText(problem.message)}
          </p>
        )}
        <figcaption class="note">{figure?.note}</figcaption>
      </figure>
      <DecisionPanel view={view} trials={trials} state={state} map={map} decision={decision} />
    </div>
  );
}

/** The ends of the colour scale. They stay while the slider moves, so that a colour keeps its meaning. */
function useRange(
  name: string,
  trials: TrialColumns,
  predicted: readonly number[] | undefined,
  excluded: readonly number[] | undefined,
): readonly [number, number] {
  const [base, setBase] = useState<readonly [number, number]>();
  useLayoutEffect(() => {
    if (base === undefined) setBase(predictedRange(predicted, excluded));
  }, [base, predicted]);
  const [low, high] = colourRange(base, name, trials);
  return useMemo(() => [low, high] as const, [low, high]);
}

const keysInWords =
  "Arrow keys go from point to point, N and P through the evaluated trials; plus, minus and 0 zoom, Shift with arrows moves the map; Enter opens a trial or shows the architecture.";
