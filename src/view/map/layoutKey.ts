import type { Matrix } from "../../kernels/matrix.js";
import type { MapView } from "../contract.js";
import { LAYOUT_VERSION } from "./layout.js";

/** A word that is the same for the same rows and the same way to lay them out. */
export async function layoutKey({ rows, columns, data }: Matrix, method: MapView["method"]): Promise<string> {
  // A copy, since the digest takes no shared memory.
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new Float32Array(data)));
  const checksum = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${method.toLowerCase()}-${LAYOUT_VERSION}-${rows}x${columns}-${checksum}`;
}
