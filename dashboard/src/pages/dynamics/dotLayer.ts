import type { MarkGroup } from "./mapLayers.js";
import { type Mask, makeMasks, maskReach, maskSteps, type StampShape } from "./stampMasks.js";

/** A picture of many dots. */
export interface DotLayer {
  readonly width: number;
  readonly height: number;
  /**
   * Draws groups of dots and slashes over a colour. A fresh picture of 15,625 dots takes about two milliseconds, where a canvas would
   * need fifty to fill as many circles, so that a map can be drawn anew for each frame of the screen.
   *
   * @param places in pixels
   * @param scale by which radii are multiplied
   */
  draw(places: Places, groups: readonly MarkGroup[], paper: string, scale: number): void;
  /** Puts the picture on a canvas of the same size. */
  show(canvas: CanvasRenderingContext2D): void;
  /** Colour of a pixel as red, green and blue, for tests. */
  colourAt(x: number, y: number): readonly [number, number, number];
}

/** Where points lie. */
export interface Places {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
}

/** Room on each side for marks whose middles are in the picture; larger marks are cut to it. */
const margin = 48;
const mostMasks = 60;

/** @param width and `height` in pixels of the screen */
export function createDotLayer(width: number, height: number): DotLayer {
  const stride = width + 2 * margin;
  const pixels = new Uint32Array(stride * (height + 2 * margin));
  const bytes = new Uint8ClampedArray(pixels.buffer);
  const masks = new Map<string, readonly Mask[]>();

  function masksOf(shape: StampShape, radius: number): readonly Mask[] {
    // Finer steps than an eighth of a pixel would be new masks for each frame while the map grows.
    const rounded = Math.min(margin - 2, Math.max(1, Math.round(8 * radius)) / 8);
    const key = `${shape} ${rounded}`;
    const known = masks.get(key);
    if (known !== undefined) return known;
    if (masks.size >= mostMasks) masks.clear();
    const made = makeMasks(shape, rounded, stride);
    masks.set(key, made);
    return made;
  }

  function stamp({ xs, ys }: Places, points: readonly number[], shape: StampShape, radius: number, ink: number): void {
    const all = masksOf(shape, radius);
    const reach = maskReach(radius);
    const redBlue = ink & 0xff00ff;
    const green = ink & 0x00ff00;
    // Plain loops and constants: this runs for each pixel of each dot in each frame.
    for (let each = 0; each < points.length; each++) {
      const x = xs[points[each]];
      const y = ys[points[each]];
      if (!(x > -reach && y > -reach && x < width + reach && y < height + reach)) continue;
      const column = Math.floor(x);
      const row = Math.floor(y);
      const at = (row + margin) * stride + column + margin;
      const place = Math.floor((y - row) * maskSteps) * maskSteps + Math.floor((x - column) * maskSteps);
      const { full, part, cover } = all[place];
      for (let i = 0; i < full.length; i++) pixels[at + full[i]] = ink;
      for (let i = 0; i < part.length; i++) {
        const pixel = at + part[i];
        const below = pixels[pixel];
        const share = cover[i];
        const mixed = (Math.imul(below & 0xff00ff, 256 - share) + Math.imul(redBlue, share)) >>> 8;
        const mixedGreen = (Math.imul(below & 0x00ff00, 256 - share) + Math.imul(green, share)) >>> 8;
        pixels[pixel] = 0xff000000 | (mixed & 0xff00ff) | (mixedGreen & 0x00ff00);
      }
    }
  }

  return {
    width,
    height,
    draw(places, groups, paper, scale) {
      pixels.fill(readInk(paper));
      for (const { points, shape, radius, colour, halo } of groups) {
        const stamped = shape === "slash" ? "slash" : "dot";
        if (halo !== undefined) stamp(places, points, stamped, scale * (radius + halo.width), readInk(halo.colour));
        stamp(places, points, stamped, scale * radius, readInk(colour));
      }
    },
    show(canvas) {
      const picture = new ImageData(bytes, stride, height + 2 * margin);
      canvas.putImageData(picture, -margin, -margin, margin, margin, width, height);
    },
    colourAt(x, y) {
      const pixel = pixels[(y + margin) * stride + x + margin];
      return [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255];
    },
  };
}

/** A colour of the style sheet, #rgb, #rrggbb or rgb(…), as a pixel: red in the lowest byte. Black where it is none of these. */
export function readInk(colour: string): number {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour);
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour);
  const words = /^rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)$/.exec(colour);
  const [red, green, blue] =
    short !== null
      ? short.slice(1).map((digit) => 17 * Number.parseInt(digit, 16))
      : long !== null
        ? long.slice(1).map((digits) => Number.parseInt(digits, 16))
        : words !== null
          ? words.slice(1).map((digits) => Math.min(255, Number(digits)))
          : [0, 0, 0];
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}
