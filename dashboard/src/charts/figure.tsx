import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { DownloadButtons } from "./downloadButtons.js";
import { type FigureContent, heightOf } from "./figureContent.js";
import { Legend } from "./legend.js";
import { nearestTarget, type Target } from "./targets.js";
import { Tooltip } from "./tooltip.js";

interface FigureProps {
  readonly figure: FigureContent;
  readonly controls?: ComponentChildren;
  readonly footer?: ComponentChildren;
}

/** A drawing with its title, legend, tooltip and downloads. It is drawn at its real width, so that text keeps its size on a phone. */
export function Figure({ figure, controls, footer }: FigureProps) {
  const { title, note, summary, legend, draw } = figure;
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  /** A finger cannot hover, so its first touch only tells, and the second at the same point follows the link. */
  const lastPointer = useRef("");
  const told = useRef<Target | undefined>(undefined);
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

  // What is told of another figure is true no longer.
  useLayoutEffect(() => setTouched(undefined), [figure.name]);

  const height = heightOf(figure, width > 0 ? width : 560);
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
          <DownloadButtons figure={figure} width={width} />
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
            const isTouch = lastPointer.current === "touch";
            const isTold = target?.x === told.current?.x && target?.y === told.current?.y;
            if (target?.href !== undefined && (!isTouch || isTold)) location.hash = target.href;
            told.current = isTouch ? target : undefined;
            setTouched(target);
          }}
        >
          {content}
          {touched !== undefined && <circle class="touched" cx={touched.x} cy={touched.y} r="7" />}
        </svg>
        {touched !== undefined && (
          <Tooltip
            target={touched}
            width={width}
            height={height}
            hint={lastPointer.current === "touch" && touched.href !== undefined ? "Open" : undefined}
          />
        )}
      </div>
      {note !== undefined && note !== "" && <figcaption class="note">{note}</figcaption>}
      {footer}
    </figure>
  );
}
