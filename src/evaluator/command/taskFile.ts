import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Calls with the path of a file that holds the text, and removes the file afterwards. */
export async function withTaskFile<Result>(text: string, use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "assay-task-"));
  try {
    const path = join(folder, "task.json");
    await writeFile(path, text);
    return await use(path);
  } finally {
    // A process that got away may have written there meanwhile; what is left is the system's to tidy.
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
