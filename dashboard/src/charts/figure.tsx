import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Table } from "../format/csv.js";
import { DownloadButtons } from "./downloadButtons.js";
import { Legend, type LegendItem } from "./legend.js";
import { nearestTarget, type Target } from "./targets.js";
import { Tooltip } from "./tooltip.js";

/** What a figure draws at a size: its marks, and the points that tell something when they are touched. */
export interface Drawing {
  readonly content: ComponentChildren;
  readonly targets?: readonly Target[];
}

interface FigureProps {
  readonly title: string;
  /** What it shows exactly, on one or two lines. */
  readonly note?: ComponentChildren;
  /** Names the files that are downloaded. */
  readonly name: string;
  /** The figure in words, for those who do not see it. */
  readonly summary: string;
  /** In pixels; it may depend on the width. */
  readonly height: number | ((width: number) => number);
  readonly legend?: readonly LegendItem[];
  readonly controls?: ComponentChildren;
  readonly table: () => Table;
  readonly draw: (width: number, height: number) => Drawing;
  readonly footer?: ComponentChildren;
}

/** A drawing with its title, legend, tooltip and downloads. It is drawn at its real width, so that text keeps its size on a phone. */
export function Figure({
  title,
  note,
  name,
  summary,
  height: wantedHeight,
  legend,
  controls,
  table,
  draw,
  footer,
}: FigureProps) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  /** A finger cannot hover, so its first touch only tells. */
  const lastPointer = useRef("");
  const [width, setWidth] = useState(0);
  const [touched, setTouched] = useState<Target>();
  useLayoutEffect(() => {
    const element = box.current!;
    const measure = (): void => setWidth(Math.round(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const height = typeof wantedHeight === "number" ? wantedHeight : wantedHeight(width > 0 ? width : 560);
  const { content, targets = [] } = width > 0 ? draw(width, height) : { content: null };
  const find = (event: MouseEvent): Target | undefined => {
    const { left, top } = svg.current!.getBoundingClientRect();
    return nearestTarget(targets, event.clientX - left, event.clientY - top);
  };
  return (
    <figure class="card figure">
      <header class="figure-head">
        <h3>{title}</h3>
        <div class="figure-tools">
          {controls}
          <DownloadButtons title={title} name={name} svg={() => svg.current!} table={table} />
        </div>
      </header>
      {legend !== undefined && <Legend items={legend} />}
      <div ref={box} class="plot" style={{ height: `${height}px` }}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys find every trial in the table */}
        <svg
          ref={svg}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={summary}
          class={touched?.href === undefined ? "chart" : "chart is-link"}
          onPointerDown={(event) => {
            lastPointer.current = event.pointerType;
          }}
          onPointerMove={(event) => setTouched(find(event))}
          onPointerLeave={() => setTouched(undefined)}
          onClick={(event) => {
            const target = find(event);
            if (target?.href !== undefined && lastPointer.current !== "touch") location.hash = target.href;
            else setTouched(target);
          }}
        >
          {content}
          {touched !== undefined && <circle class="touched" cx={touched.x} cy={touched.y} r="7" data-passing="" />}
        </svg>
        {touched !== undefined && <Tooltip target={touched} width={width} height={height} />}
      </div>
      {note !== undefined && <figcaption class="note">{note}</figcaption>}
      {footer}
    </figure>
  );
}
