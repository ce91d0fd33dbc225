import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { MapView, StudyView, TrialColumns } from "../../../../src/view/contract.js";
import { DownloadButtons } from "../../charts/downloadButtons.js";
import type { Target } from "../../charts/targets.js";
import { formatValue } from "../../format/numbers.js";
import { plainName, plainText } from "../../format/plainText.js";
import { Choice } from "../../parts/choice.js";
import { writeRoute } from "../../router.js";
import { useIsDark } from "../../state/theme.js";
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
import { Timeline } from "./timeline.js";
import { useFrame } from "./useFrame.js";

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

  const height = mapHeight(width);
  const layout = useMemo(() => layOutMap(map, width, height), [map.x, map.y, width, height]);
  const state = useMemo(() => mapState(map, trials, label.name, decision, frame), [map, trials, decision, frame]);
  const range = useRange(label.name, trials, frame?.predicted ?? undefined);
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

  const tell = (point: number): Target => {
    const number = map.trial[point];
    const isKnown =
      number >= 0 && (state.labels.has(point) || state.newest.includes(point) || state.failed.includes(point));
    const place = number - (trials.number[0] ?? 0);
    const architecture = map.architectures?.[point] ?? (number >= 0 ? trials.architecture[place] : undefined);
    const guess = frame?.predicted?.[point];
    return {
      ...{ x: layout.xs[point], y: layout.ys[point] },
      title: isKnown ? `Trial ${number}${state.best === point ? ", the best so far" : ""}` : "Not evaluated",
      lines: [
        ...(isKnown && trials.values[label.name]?.[place] !== null
          ? [`${label.name} ${formatValue(trials.values[label.name]?.[place], label)}`]
          : []),
        ...(state.failed.includes(point) ? ["failed"] : []),
        ...(guess === undefined ? [] : [`model after decision ${decision}: ${formatValue(guess, label)}`]),
        ...(architecture === undefined ? [] : [plainName(architecture)]),
      ],
      ...(isKnown ? { href: writeRoute({ page: "trial", name, number }) } : {}),
    };
  };
  const figure =
    colours === undefined
      ? undefined
      : mapFigure({ view, trials, map, frame, decision, state, colourBy, range, ramp, colours });
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
            {figure !== undefined && <DownloadButtons figure={figure} width={width} />}
          </div>
        </header>
        {figure !== undefined && <MapLegend items={figure.legend ?? []} scale={figure.scale} />}
        <div ref={box} class="map-box" style={{ minHeight: `${height}px` }}>
          {groups !== undefined && (
            <MapCanvas
              layout={layout}
              base={groups.base}
              marks={groups.marks}
              label={`${figure?.summary ?? ""} Arrow keys go through the evaluated trials.`}
              stops={stops}
              isPreferred={(point) => state.labels.has(point) || state.failed.includes(point)}
              tell={tell}
              haloColour={colours?.paper ?? "none"}
            />
          )}
        </div>
        <Timeline
          decision={decision}
          last={last}
          isReady={frame?.decision === decision}
          onDecision={(next) => setDecision(next >= last ? "last" : next)}
        />
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
): readonly [number, number] {
  const [base, setBase] = useState<readonly [number, number]>();
  useLayoutEffect(() => {
    if (base === undefined) setBase(predictedRange(predicted));
  }, [base, predicted]);
  const [low, high] = colourRange(base, name, trials);
  return useMemo(() => [low, high] as const, [low, high]);
}
