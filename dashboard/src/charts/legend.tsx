/** One entry of a legend: a mark in the style of a class, and what it stands for. */
export interface LegendItem {
  readonly label: string;
  readonly mark: "line" | "dash" | "dot" | "ring" | "band" | "cross" | "star" | "diamond";
  /** The class that colours it, such as `series-1`. */
  readonly colour: string;
}

export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul class="legend">
      {items.map((item) => (
        <li key={item.label}>
          <svg width="18" height="12" viewBox="0 0 18 12" aria-hidden="true">
            <LegendMark item={item} />
          </svg>
          <span>{item.label}</span>
        </li>
      ))}
    </ul>
  );
}

/** The mark of an entry, 18 by 12 pixels. */
export function LegendMark({ item: { mark, colour } }: { readonly item: LegendItem }) {
  switch (mark) {
    case "line":
      return <path class={`line ${colour}`} d="M0 6H18" />;
    case "dash":
      return <path class={`line is-dashed ${colour}`} d="M0 6H18" />;
    case "band":
      return (
        <>
          <rect class={`band ${colour}`} width="18" height="12" />
          <path class={`line ${colour}`} d="M0 6H18" />
        </>
      );
    case "dot":
      return <circle class={`dot ${colour}`} cx="9" cy="6" r="4" />;
    case "ring":
      return <circle class={`ring ${colour}`} cx="9" cy="6" r="4" />;
    case "cross":
      return <path class={`line ${colour}`} d="M5 2L13 10M13 2L5 10" />;
    case "diamond":
      return <path class={`dot ${colour}`} d="M9 1L14 6L9 11L4 6Z" />;
    case "star":
      return <path class={`dot ${colour}`} d={starPath(9, 6, 6)} />;
  }
}

/** A star with five points. */
export function starPath(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, index) => {
    const angle = (index * Math.PI) / 5 - Math.PI / 2;
    const reach = index % 2 === 0 ? radius : radius * 0.45;
    return `${(x + reach * Math.cos(angle)).toFixed(2)} ${(y + reach * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join("L")}Z`;
}
