import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./scripts/closingLine.mjs";

// Commands under test keep their studies here, not in the repository.
const folder = mkdtempSync(join(tmpdir(), "assay-studies-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export default defineConfig({
  test: {
    env: { ASSAY_STORAGE: join(folder, "assay.db") },
    include: ["src/**/*.test.ts", "dashboard/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default", new ClosingLine()],
  },
});
