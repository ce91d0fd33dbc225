import { afterAll } from "vitest";

/** Puts entries into a registry until the tests of this file have ended: other files may share it. To be called outside of all tests. */
export function registerForFile<Definition>(
  registry: Readonly<Record<string, Definition>>,
  entries: Readonly<Record<string, Definition>>,
): void {
  const open = registry as Record<string, Definition>;
  const added = Object.entries(entries).filter(([name]) => open[name] === undefined);
  for (const [name, definition] of added) open[name] = definition;
  afterAll(() => {
    for (const [name] of added) delete open[name];
  });
}
