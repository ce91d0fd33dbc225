import { useLayoutEffect, useRef } from "preact/hooks";
import type { Target } from "./targets.js";

interface TooltipProps {
  readonly target: Target;
  readonly width: number;
  readonly height: number;
  /** What to do next, where one may not know. */
  readonly hint?: string | undefined;
}

/** What a point tells, beside it and inside its figure. */
export function Tooltip({ target, width, height, hint }: TooltipProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current!;
    const { offsetWidth, offsetHeight } = element;
    const right = target.x + 14 + offsetWidth <= width ? target.x + 14 : target.x - 14 - offsetWidth;
    const left = Math.max(0, Math.min(width - offsetWidth, right));
    const above = target.y - offsetHeight - 10;
    const top = above >= 0 ? above : Math.min(height - offsetHeight, target.y + 14);
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  });
  return (
    <div ref={box} class="tooltip">
      <strong>{target.title}</strong>
      {target.lines?.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {hint !== undefined && target.href !== undefined && <a href={target.href}>{hint}</a>}
    </div>
  );
}
