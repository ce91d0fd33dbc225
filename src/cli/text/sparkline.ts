const LEVELS = "▁▂▃▄▅▆▇█";

/**
 * A series in one line, the mean of as many neighbours as fit into a letter; a space where nothing was measured.
 *
 * @example
 * drawSparkline([2.3, 1.1, 0.6, 0.5], 40); // "█▃▁▁"
 */
export function drawSparkline(values: readonly (number | null)[], width: number): string {
  const letters = Math.min(width, values.length);
  const means = Array.from({ length: letters }, (_, letter) => {
    const part = values
      .slice(Math.floor((letter * values.length) / letters), Math.floor(((letter + 1) * values.length) / letters))
      .filter((value) => value !== null);
    return part.length === 0 ? undefined : part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const known = means.filter((mean) => mean !== undefined);
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  return means
    .map((mean) => {
      if (mean === undefined) return " ";
      if (highest === lowest) return LEVELS[3];
      return LEVELS[Math.round(((LEVELS.length - 1) * (mean - lowest)) / (highest - lowest))];
    })
    .join("");
}
