/** The folder with the benchmark tables that some tests compare with, from the environment variable ASSAY_DATA. */
export const dataFolder: string | undefined = process.env["ASSAY_DATA"] || undefined;

/** What a vitest test context offers to leave a test out. */
export interface SkippableContext {
  skip(note?: string): void;
}

/**
 * The folder with the benchmark tables. Without it the calling test is skipped with a message; in CI, where a silently
 * skipped test would be a lie, this throws.
 *
 * @param context the test's own context; without one (in a hook, say) a missing folder throws
 * @example
 * test("reads the table", async (context) => {
 *   const folder = requireData(context);
 * });
 */
export function requireData(context?: SkippableContext): string {
  if (dataFolder !== undefined) return dataFolder;
  const message = "ASSAY_DATA is not set: it names the folder with the benchmark tables that this test reads.";
  if (process.env["CI"] === "true" || context === undefined) throw new Error(message);
  context.skip(message);
  throw new Error(message);
}
