import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** A file of the front end, as it is sent. */
export interface Asset {
  readonly type: string;
  readonly etag: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The same, compressed; undefined where that would not make it smaller. */
  readonly gzipped?: Uint8Array<ArrayBuffer>;
}

/** Endings of files that are sent at all. */
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * All files of the front end, by the path that asks for them. They are read once, at the start: afterwards no path of a request comes
 * near the disk. Empty where there is no such folder.
 */
export function readAssets(folder: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const name of namesIn(folder)) {
    const type = types[extname(name)];
    const path = join(folder, name);
    if (type === undefined || !statSync(path).isFile()) continue;
    const asset = makeAsset(type, readFileSync(path));
    assets.set(`/${name.replaceAll("\\", "/")}`, asset);
    if (name === "index.html") assets.set("/", asset);
  }
  return assets;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

function makeAsset(type: string, content: Uint8Array): Asset {
  const body = new Uint8Array(content);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const gzipped = new Uint8Array(gzipSync(body, { level: 9 }));
  return { type, etag, body, ...(gzipped.length < body.length * 0.95 ? { gzipped } : {}) };
}
