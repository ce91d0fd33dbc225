/** a * b + c of 64-bit numbers, fused in the relaxed build, rounded twice (and so the same everywhere) in the plain one. */
// @ts-ignore: decorator
@inline
export function multiplyAdd64(a: v128, b: v128, c: v128): v128 {
  return RELAXED ? f64x2.relaxed_madd(a, b, c) : f64x2.add(f64x2.mul(a, b), c);
}
