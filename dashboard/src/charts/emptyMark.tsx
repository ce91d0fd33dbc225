interface EmptyMarkProps {
  readonly width: number;
  readonly height: number;
  readonly children: string;
}

/** Says in the middle of a figure why nothing is drawn there. */
export function EmptyMark({ width, height, children }: EmptyMarkProps) {
  return (
    <text class="empty-mark" x={width / 2} y={height / 2} text-anchor="middle">
      {children}
    </text>
  );
}
