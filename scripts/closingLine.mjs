/**
 * A reporter for vitest that closes every run with one plain line, `N passed, N failed`, followed by `, N skipped` where
 * tests were skipped. A file that cannot be loaded and an error outside of all tests count as failed.
 */
export class ClosingLine {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const before = counts.failed;
      for (const test of module.children.allTests()) counts[test.result().state]++;
      // A failure that belongs to no test: the file's import, a hook.
      if (module.state() === "failed" && counts.failed === before) counts.failed++;
    }
    const skipped = counts.skipped + counts.pending;
    console.log(`${counts.passed} passed, ${counts.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  }
}
