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
  return pieces.flatMap((piece) => breakPiece(piece, width)).join("\n");
}

/** Behind the "=" first, then behind a bracket or comma, so that names and values stay whole where they can. */
function breakPiece(piece: string, width: number): string[] {
  if (piece.length <= width) return [piece];
  const equals = piece.indexOf("=");
  if (equals > 0 && equals < width)
    return [piece.slice(0, equals + 1), ...breakPiece(`  ${piece.slice(equals + 1)}`, width)];
  const fitting = piece.slice(0, width);
  const cut = Math.max(fitting.lastIndexOf("("), fitting.lastIndexOf(",")) + 1;
  const end = cut > piece.search(/\S/) + 1 ? cut : width;
  return [piece.slice(0, end), ...breakPiece(piece.slice(end), width)];
}
