type Colour = readonly [red: number, green: number, blue: number];

/** More stands out more: bright on dark (after viridis, van der Walt and Smith 2015), deep on light. Lightness alone tells the order. */
const stops: Readonly<Record<"light" | "dark", readonly Colour[]>> = {
  light: [
    ...([
      [222, 229, 219],
      [190, 217, 203],
      [146, 199, 190],
      [98, 176, 179],
      [61, 150, 169],
    ] as const),
    ...([
      [40, 122, 157],
      [37, 93, 142],
      [47, 62, 120],
      [52, 30, 88],
    ] as const),
  ],
  dark: [
    ...([
      [70, 26, 105],
      [70, 51, 127],
      [62, 74, 137],
      [49, 104, 142],
      [38, 130, 142],
    ] as const),
    ...([
      [31, 158, 137],
      [53, 183, 121],
      [110, 206, 88],
      [181, 222, 43],
      [253, 231, 37],
    ] as const),
  ],
};

export const rampSteps = 48;

/** The colours of a ramp, from the least to the most. */
export function colourRamp(isDark: boolean): readonly string[] {
  const list = stops[isDark ? "dark" : "light"];
  return Array.from({ length: rampSteps }, (_, step) => {
    const place = (step / (rampSteps - 1)) * (list.length - 1);
    const below = Math.min(list.length - 2, Math.floor(place));
    const mixed = list[below].map((part, index) =>
      Math.round(part + (list[below + 1][index] - part) * (place - below)),
    );
    return `rgb(${mixed.join(",")})`;
  });
}

/** The step of the ramp for a value; values outside of the range get its ends. */
export function rampStep(value: number, [low, high]: readonly [number, number]): number {
  const share = high > low ? (value - low) / (high - low) : 1;
  return Math.max(0, Math.min(rampSteps - 1, Math.floor(share * rampSteps)));
}
