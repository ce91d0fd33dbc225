import { afterAll, vi } from "vitest";

/*
 * Test files of `src` run one after another in one process, which spares each the start and the loading of what others have loaded. Whatever a
 * file does to the environment ends with it.
 */

const before = { ...process.env };
afterAll(() => {
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env)) if (before[name] === undefined) delete process.env[name];
  Object.assign(process.env, before);
});
