type Colour = readonly [red: number, green: number, blue: number];

/**
 * The colour of `color-mix(in srgb, <colour> <share>%, <colour>)`, which few programs but browsers know; undefined for other forms.
 *
 * @example
 * mixColours("color-mix(in srgb, #000 25%, #fff)"); // "#bfbfbf"
 */
export function mixColours(text: string): string | undefined {
  const parts = /^color-mix\(\s*in srgb\s*,\s*(.+?)\s+([\d.]+)%\s*,\s*(.+?)\s*\)$/.exec(text);
  if (parts === null) return undefined;
  const [one, other] = [readColour(parts[1]), readColour(parts[3])];
  if (one === undefined || other === undefined) return undefined;
  const share = Number(parts[2]) / 100;
  const mixed = one.map((part, i) => Math.round(part * share + other[i] * (1 - share)));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function readColour(text: string): Colour | undefined {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1];
  if (digits !== undefined) {
    const long = digits.length === 6 ? digits : [...digits].map((digit) => digit + digit).join("");
    return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16)) as unknown as Colour;
  }
  const parts = /^rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)$/.exec(text);
  return parts === null ? undefined : [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}
