/** A small drawing of one colour: which pixels around a place it covers, and how much of those that it covers in part. */
export interface Mask {
  /** Offsets of pixels in rows of so many pixels as the mask was made for. */
  readonly full: Int32Array;
  readonly part: Int32Array;
  /** Of each pixel of `part`, from 1 to 255 of 256. */
  readonly cover: Int32Array;
}

/** Places within a pixel that are told apart, to each side. */
export const maskSteps = 4;

export type StampShape = "dot" | "slash";

/**
 * Masks of a shape for each place of its middle within a pixel: row by row from the top left.
 *
 * @param radius in pixels
 * @param stride pixels of a row
 */
export function makeMasks(shape: StampShape, radius: number, stride: number): readonly Mask[] {
  const half = maskReach(radius);
  const distance = shape === "dot" ? distanceToDot : distanceToSlash;
  return Array.from({ length: maskSteps * maskSteps }, (_, step) => {
    const [right, down] = [(step % maskSteps) + 0.5, Math.floor(step / maskSteps) + 0.5];
    const full: number[] = [];
    const part: number[] = [];
    const cover: number[] = [];
    for (let row = -half; row <= half; row++) {
      for (let column = -half; column <= half; column++) {
        const away = distance(column + 0.5 - right / maskSteps, row + 0.5 - down / maskSteps, radius);
        const share = Math.round(256 * Math.max(0, Math.min(1, 0.5 - away)));
        if (share === 256) full.push(row * stride + column);
        else if (share > 0) {
          part.push(row * stride + column);
          cover.push(share);
        }
      }
    }
    return { full: Int32Array.from(full), part: Int32Array.from(part), cover: Int32Array.from(cover) };
  });
}

/** Pixels that a mask reaches from the pixel of its middle. */
export function maskReach(radius: number): number {
  return Math.ceil(radius + 1);
}

/** From the edge, negative inside. */
function distanceToDot(x: number, y: number, radius: number): number {
  return Math.hypot(x, y) - radius;
}

/** A stroke from bottom left to top right. */
function distanceToSlash(x: number, y: number, radius: number): number {
  const width = Math.max(0.45, 0.28 * radius);
  const along = Math.max(-radius, Math.min(radius, (x - y) / Math.SQRT2));
  return Math.hypot(x - along / Math.SQRT2, y + along / Math.SQRT2) - width;
}
