const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The smallest 32-bit float above a number. */
export function nextFloatAbove(value: number): number {
  float[0] = value;
  if (float[0] > value) return float[0];
  if (float[0] === 0) return 1.401298464324817e-45;
  bits[0] += float[0] > 0 ? 1 : -1;
  return float[0];
}
