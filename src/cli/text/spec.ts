/** Breaks a long spec so that each option has its own line, no line longer than `width`. */
export function wrapSpec(spec: string, width: number): string {
  if (spec.length <= width) return spec;
  const colon = spec.indexOf(":");
  const pieces =
    colon < 0
      ? [spec]
      : [
          spec.slice(0, colon),
          ...spec
            .slice(colon + 1)
            .split(/,(?![^(]*\))/)
            .map((part) => ` ${part}`),
        ];
  return pieces
    .flatMap((piece) => {
      const lines: string[] = [];
      for (let start = 0; start < piece.length; start += width) lines.push(piece.slice(start, start + width));
      return lines;
    })
    .join("\n");
}
