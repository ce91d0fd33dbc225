import { createBrowserSearch } from "./browserSearch.js";
import type { WorkerCall, WorkerMessage } from "./protocol.js";

const { methods, listen } = createBrowserSearch({
  async readPack(name) {
    const response = await fetch(new URL(`packs/${name}.bin`, import.meta.url));
    if (!response.ok) throw new Error(`The measurements of ${name} are not there (${response.status}).`);
    return await response.arrayBuffer();
  },
  async readLayouts(name) {
    // Without them maps take a little longer.
    const response = await fetch(new URL(`packs/${name}.map.json`, import.meta.url));
    return response.ok ? await response.json() : {};
  },
});

const say = (message: WorkerMessage): void => postMessage(message);

addEventListener("message", ({ data }) => void answer(data as WorkerCall));
listen((event) => say({ event }));

async function answer({ id, method, values }: WorkerCall): Promise<void> {
  try {
    const act = methods[method] as unknown as (...values: readonly unknown[]) => Promise<unknown>;
    say({ id, result: await act(...values) });
  } catch (error) {
    const { message, hint } = error as { readonly message: string; readonly hint?: string };
    say({ id, problem: { message, ...(hint === undefined ? {} : { hint }) } });
  }
}
