/** A scale of either kind, as far as axes need it. */
export interface AxisScale {
  (value: number): number;
  ticks(count?: number): number[];
}

export interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

interface AxesProps {
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly width: number;
  readonly height: number;
  readonly margin: Margin;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xTick: (value: number) => string;
  readonly yTick: (value: number) => string;
  /** Values to mark on the x axis, where its own ticks do not suit. */
  readonly xTicks?: readonly number[];
}

/** Room for tick labels of the usual length. */
export const usualMargin: Margin = { top: 22, right: 14, bottom: 40, left: 52 };

/** Grid, ticks and names of both axes. */
export function Axes({ x, y, width, height, margin, xLabel, yLabel, xTick, yTick, xTicks }: AxesProps) {
  const bottom = height - margin.bottom;
  const right = width - margin.right;
  const columns = spread(xTicks ?? x.ticks(Math.max(2, Math.floor((right - margin.left) / 90))), x, xTick);
  const rows = y.ticks(Math.max(2, Math.floor((bottom - margin.top) / 48)));
  return (
    <g>
      {rows.map((value) => (
        <g key={value}>
          <line class="grid-line" x1={margin.left} x2={right} y1={y(value)} y2={y(value)} />
          <text class="tick" x={margin.left - 8} y={y(value)} dy="0.32em" text-anchor="end">
            {yTick(value)}
          </text>
        </g>
      ))}
      <line class="axis-line" x1={margin.left} x2={right} y1={bottom} y2={bottom} />
      {columns.map((value) => (
        <g key={value}>
          <line class="axis-line" x1={x(value)} x2={x(value)} y1={bottom} y2={bottom + 4} />
          <text class="tick" x={x(value)} y={bottom + 16} text-anchor="middle">
            {xTick(value)}
          </text>
        </g>
      ))}
      <text class="axis-title" x={right} y={height - 4} text-anchor="end">
        {xLabel} →
      </text>
      {yLabel !== "" && (
        <text class="axis-title" x={2} y={11}>
          ↑ {yLabel}
        </text>
      )}
    </g>
  );
}

/** Ticks whose labels keep clear of each other: scales with logarithms give many. */
function spread(ticks: readonly number[], scale: AxisScale, write: (value: number) => string): number[] {
  const kept: number[] = [];
  let free = -Infinity;
  for (const tick of ticks) {
    const half = write(tick).length * 3.4 + 6;
    if (scale(tick) - half < free) continue;
    kept.push(tick);
    free = scale(tick) + half;
  }
  return kept;
}
