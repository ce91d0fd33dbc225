/** Colours of marks, from the style sheet of the page. */
export interface MapColours {
  readonly paper: string;
  readonly ink: string;
  readonly plain: string;
  readonly excluded: string;
  readonly newest: string;
  readonly candidate: string;
  readonly failed: string;
  readonly best: string;
}

/** The colours by their custom properties, such as `--map-paper`. */
export function mapColours(read: (property: string) => string): MapColours {
  return {
    paper: read("--map-paper"),
    ink: read("--ink"),
    plain: read("--map-plain"),
    excluded: read("--map-excluded"),
    newest: read("--map-newest"),
    candidate: read("--map-candidate"),
    failed: read("--map-failed"),
    best: read("--map-best"),
  };
}

export function readMapColours(element: Element): MapColours {
  const style = getComputedStyle(element);
  return mapColours((property) => style.getPropertyValue(property).trim());
}
