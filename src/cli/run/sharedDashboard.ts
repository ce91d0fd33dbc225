import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { cacheFolder } from "../../benchmark/places.js";
import { version } from "../../version.js";

/*
 * Who opens twenty dashboards of one file means one: each would read all studies again, on processors that a search needs. A dashboard that
 * listens to this machine alone leaves a note where it listens, and the next one for the same file points there.
 */

/** A dashboard that runs. */
export interface SharedDashboard {
  readonly url: string;
  readonly processId: number;
}

const noteSchema = z.strictObject({
  schema: z.literal(1),
  version: z.string(),
  url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/$/),
  processId: z.int().min(1),
  identity: z.uuid(),
});

const ANSWER_MILLISECONDS = 2000;

/** What a dashboard answers to /api/identity, so that nobody takes another program on its port for it. */
export function createIdentity(): string {
  return randomUUID();
}

/** A dashboard of this version for this file, where one answers. */
export async function findSharedDashboard(storage: string): Promise<SharedDashboard | undefined> {
  const known = readNote(notePath(storage));
  if (known === undefined || known.version !== version) return undefined;
  try {
    const answer = await fetch(new URL("/api/identity", known.url), {
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
      redirect: "error",
    });
    const { identity } = (await answer.json()) as { identity?: unknown };
    return identity === known.identity ? { url: known.url, processId: known.processId } : undefined;
  } catch {
    // It was killed, and left its note.
    return undefined;
  }
}

/** Leaves the note, and gives what takes it away again. A folder that cannot be written is no reason not to serve. */
export function shareDashboard(storage: string, url: string, identity: string): () => void {
  const path = notePath(storage);
  const content = JSON.stringify({ schema: 1, version, url, processId: process.pid, identity });
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, content, { mode: 0o600 });
  } catch {
    return () => {};
  }
  return () => {
    // A later one may have taken its place.
    if (readNote(path)?.identity === identity) rmSync(path, { force: true });
  };
}

function readNote(path: string): z.infer<typeof noteSchema> | undefined {
  try {
    return noteSchema.safeParse(JSON.parse(readFileSync(path, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** One for each file of each machine: a home folder may be shared by several. */
function notePath(storage: string): string {
  const key = createHash("sha256")
    .update(`${hostname()}\n${realPath(storage)}`)
    .digest("hex")
    .slice(0, 32);
  return join(cacheFolder(), "dashboards", `${key}.json`);
}

/** The file need not be there yet. */
function realPath(storage: string): string {
  const path = resolve(storage);
  try {
    return realpathSync(path);
  } catch {
    try {
      return join(realpathSync(dirname(path)), basename(path));
    } catch {
      return path;
    }
  }
}
