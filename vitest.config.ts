import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./scripts/closingLine.mjs";

// Commands under test keep their studies here, not in the repository.
const folder = mkdtempSync(join(tmpdir(), "assay-studies-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** What tests of one folder have in common with those of the others. */
const common = {
  env: { ASSAY_STORAGE: join(folder, "assay.db") },
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: "forks",
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ["default", new ClosingLine()],
    projects: [
      {
        // Half of the time of such a file went into the start of its process, and into loading what the one before had loaded.
        test: {
          ...common,
          name: "units",
          include: ["src/**/*.test.ts"],
          isolate: false,
          setupFiles: ["test/restoreEnvironment.ts"],
        },
      },
      {
        test: {
          ...common,
          name: "whole",
          include: ["dashboard/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
        },
      },
    ],
  },
});
