/**
 * Line colours that people with any kind of colour blindness tell apart (Okabe and Ito 2008, without the yellow, which
 * is too pale for lines on white). Dashes tell lines apart in print and where the colours begin again.
 */
export const lineColours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#333333"] as const;

const dashes = [undefined, "7 3", "2 3", "9 3 2 3"] as const;

/** Colour and dash of the series with this number. */
export function lineStyle(series: number): { colour: string; dash: string | undefined } {
  return {
    colour: lineColours[series % lineColours.length],
    dash: dashes[Math.floor(series / lineColours.length) % dashes.length],
  };
}
