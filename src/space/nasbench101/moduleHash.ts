import { type Cell, MAXIMUM_VERTICES } from "./cell.js";
import { md5 } from "./md5.js";

const DIGEST_WORDS = 4;
const VERTICAL_BAR = 124;
const HEXADECIMAL = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** The message, and behind it the hexadecimal text of each vertex's present hash, to be copied from there. */
const TEXT_LENGTH = 32;
const TEXTS = 512;
const message = new Uint8Array(TEXTS + MAXIMUM_VERTICES * TEXT_LENGTH);
let current = new Int32Array(MAXIMUM_VERTICES * DIGEST_WORDS);
let next = new Int32Array(MAXIMUM_VERTICES * DIGEST_WORDS);
const fingerprint = new Int32Array(DIGEST_WORDS);
const sorted = new Int32Array(MAXIMUM_VERTICES);

/**
 * The official module hash (Ying et al. 2019, appendix S2): equal for isomorphic cells. Every vertex starts with the MD5
 * of its degrees and its label (-1 input, -2 output, else the operation digit); then, as often as there are vertices, each
 * takes the MD5 of the sorted hashes of its predecessors, of its successors and its own. The hash is the MD5 of the sorted
 * list as Python prints it.
 *
 * @returns 32 hexadecimal digits
 */
export function moduleHash({ vertices, successors, operations }: Cell): string {
  const last = vertices - 1;
  for (let v = 0; v < vertices; v++) {
    let predecessors = 0;
    for (let u = 0; u < v; u++) predecessors += (successors[u] >>> v) & 1;
    let outgoing = 0;
    for (let w = v + 1; w < vertices; w++) outgoing += (successors[v] >>> w) & 1;
    const label = v === 0 ? -1 : v === last ? -2 : operations[v];
    md5(message, writeText(`(${outgoing}, ${predecessors}, ${label})`, 0), current, v * DIGEST_WORDS);
  }
  for (let round = 0; round < vertices; round++) {
    writeDigestTexts(vertices);
    for (let v = 0; v < vertices; v++) {
      let count = 0;
      for (let u = 0; u < v; u++) if (((successors[u] >>> v) & 1) === 1) count = insert(u, count);
      let length = writeSorted(count, 0);
      message[length++] = VERTICAL_BAR;
      count = 0;
      for (let w = v + 1; w < vertices; w++) if (((successors[v] >>> w) & 1) === 1) count = insert(w, count);
      length = writeSorted(count, length);
      message[length++] = VERTICAL_BAR;
      length = writeDigest(v, length);
      md5(message, length, next, v * DIGEST_WORDS);
    }
    const spare = current;
    current = next;
    next = spare;
  }
  writeDigestTexts(vertices);
  let count = 0;
  for (let v = 0; v < vertices; v++) count = insert(v, count);
  let length = writeText("['", 0);
  for (let i = 0; i < count; i++) {
    if (i > 0) length = writeText("', '", length);
    length = writeDigest(sorted[i], length);
  }
  length = writeText("']", length);
  md5(message, length, fingerprint, 0);
  let text = "";
  for (const word of fingerprint) text += (word >>> 0).toString(16).padStart(8, "0");
  return text;
}

/** Puts a vertex into the sorted list by its present hash. */
function insert(vertex: number, count: number): number {
  let place = count;
  while (place > 0 && isLess(vertex, sorted[place - 1])) {
    sorted[place] = sorted[place - 1];
    place--;
  }
  sorted[place] = vertex;
  return count + 1;
}

function isLess(first: number, second: number): boolean {
  for (let word = 0; word < DIGEST_WORDS; word++) {
    const a = current[first * DIGEST_WORDS + word];
    const b = current[second * DIGEST_WORDS + word];
    if (a !== b) return a >>> 0 < b >>> 0;
  }
  return false;
}

function writeSorted(count: number, at: number): number {
  let length = at;
  for (let i = 0; i < count; i++) length = writeDigest(sorted[i], length);
  return length;
}

function writeDigest(vertex: number, at: number): number {
  const start = TEXTS + vertex * TEXT_LENGTH;
  message.copyWithin(at, start, start + TEXT_LENGTH);
  return at + TEXT_LENGTH;
}

function writeDigestTexts(vertices: number): void {
  let at = TEXTS;
  for (let word = 0; word < vertices * DIGEST_WORDS; word++) {
    const digits = current[word];
    for (let shift = 28; shift >= 0; shift -= 4) message[at++] = HEXADECIMAL[(digits >>> shift) & 15];
  }
}

function writeText(text: string, at: number): number {
  for (let i = 0; i < text.length; i++) message[at + i] = text.charCodeAt(i);
  return at + text.length;
}
