// A picture with at most 256 colours as PNG: pictures of pages become half as large, and nobody sees it.
import { deflateSync } from "node:zlib";
import { decode } from "fast-png";

/** The same picture with the 256 colours that stand for most of its points. */
export function shrinkPng(file) {
  const { width, height, data, channels } = decode(file);
  const counts = new Map();
  const keys = new Int32Array(width * height);
  for (let point = 0; point < keys.length; point++) {
    const [red, green, blue] = data.subarray(point * channels, point * channels + 3);
    keys[point] = (red << 16) | (green << 8) | blue;
    counts.set(keys[point], (counts.get(keys[point]) ?? 0) + 1);
  }
  const colours = choosePalette(counts);
  const nearest = new Map();
  const rows = Buffer.alloc(height * (width + 1));
  for (let point = 0; point < keys.length; point++) {
    const key = keys[point];
    let place = nearest.get(key);
    if (place === undefined) {
      place = nearestColour(colours, key);
      nearest.set(key, place);
    }
    rows[Math.floor(point / width) * (width + 1) + 1 + (point % width)] = place;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(colours.flatMap((key) => [key >> 16, (key >> 8) & 255, key & 255]));
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", head),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The most frequent colours as they are (backgrounds), then the most frequent of each small cube of colours, of the fullest cubes. */
function choosePalette(counts) {
  const exact = [...counts].sort(([, a], [, b]) => b - a);
  const first = new Set(exact.slice(0, 64).map(([key]) => key));
  const cubes = new Map();
  for (const [key, count] of counts) {
    const cube = key & 0xf0f0f0;
    const known = cubes.get(cube);
    if (known === undefined) cubes.set(cube, { key, most: count, count });
    else {
      known.count += count;
      if (count > known.most) [known.key, known.most] = [key, count];
    }
  }
  const fullest = [...cubes.values()].sort((a, b) => b.count - a.count);
  return [...new Set([...first, ...fullest.map(({ key }) => key)])].slice(0, 256);
}

function nearestColour(colours, key) {
  let [nearest, least] = [0, Infinity];
  for (const [place, colour] of colours.entries()) {
    const distance = [16, 8, 0].reduce(
      (sum, shift) => sum + (((colour >> shift) & 255) - ((key >> shift) & 255)) ** 2,
      0,
    );
    if (distance < least) [nearest, least] = [place, distance];
  }
  return nearest;
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, check]);
}

function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
