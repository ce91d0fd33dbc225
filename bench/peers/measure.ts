import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a script of the other side is given. */
export interface PeerTask<Answer> {
  /** Python file; its argument is a folder with `tasks.json` and `files`. It prints JSON. */
  readonly script: string;
  readonly tasks: unknown;
  readonly files?: Readonly<Record<string, Uint8Array | Float32Array | Float64Array>>;
  /** The answer where Python (`ASSAY_PYTHON`, default: python3) or a library of the script is not installed. */
  readonly missing: Answer;
}

/** Runs the other side of a comparison. */
export function measurePeer<Answer>({ script, tasks, files = {}, missing }: PeerTask<Answer>): Answer {
  const folder = mkdtempSync(join(tmpdir(), "assay-peer-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    writeFileSync(join(folder, "tasks.json"), JSON.stringify(tasks));
    const output = execFileSync(process.env["ASSAY_PYTHON"] ?? "python3", [script, folder], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    return JSON.parse(output) as Answer;
  } catch (error) {
    console.error(`No peer: ${(error as Error).message.split("\n")[0]}`);
    return missing;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
