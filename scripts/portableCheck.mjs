// Prints what the built core computes, as JSON: the same text on every machine and every version of Node with
// ASSAY_PORTABLE=1. `scripts/checkNodeVersions.mjs` and `test/determinism.test.ts` compare it.
import { runScenario } from "../test/fixtures/coreScenario.mjs";

const core = await import(process.argv[3] ?? "../dist/core.js");
const { threads, ...outcome } = await runScenario(core, Number(process.argv[2] ?? 1));
console.log(JSON.stringify(outcome));
