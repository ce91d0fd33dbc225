import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { shippedFolder } from "../../dataset/shippedPacks.js";
import { AssayError } from "../../errors.js";
import { note, type Session } from "../session.js";
import { defaultStorage } from "./defaultStorage.js";
import type { SearchCommandOptions } from "./searchOptions.js";

/**
 * Runs a search with a dashboard beside it, where one is wanted: a process of its own that only reads the file of studies, so that nothing
 * that happens to it happens to the search. It ends with the search, however that ends; where a person watches a search that went well,
 * it stays until they press Ctrl-C.
 */
export async function withSearchDashboard(
  session: Session,
  options: Pick<SearchCommandOptions, "dashboard" | "storage" | "json">,
  search: () => Promise<void>,
): Promise<void> {
  if (options.dashboard === undefined) return await search();
  const dashboard = startDashboard(session, resolve(options.storage ?? defaultStorage()), options.dashboard);
  try {
    await search();
    const { out, err } = session.terminal;
    if (out.isTerminal && err.isTerminal && options.json !== true) await dashboard.linger();
  } finally {
    dashboard.end();
  }
}

interface SearchDashboard {
  /** Until Ctrl-C, or until it has ended by itself. */
  linger(): Promise<void>;
  end(): void;
}

function startDashboard(session: Session, storage: string, port: number | true): SearchDashboard {
  const program = shippedFolder(dirname(fileURLToPath(import.meta.url)), "dist");
  if (program === undefined)
    throw new AssayError("no-program", "The program of the dashboard is missing.", "Install again.");
  const words = ["dashboard", "--json", "--until-input-ends", "--storage", storage];
  if (port !== true) words.push("--port", String(port));
  // In a group of its own: Ctrl-C is for the search, which may take a while to end, and the dashboard shows it until then.
  const child = spawn(process.execPath, [join(program, "cli", "main.js"), ...words], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    windowsHide: true,
  });
  child.unref();
  let isOver = false;
  let complaint = "";
  child.stdin.on("error", () => {});
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  // Over the progress line, where there is one.
  const say = (line: string): void => note(session, `${session.terminal.err.isTerminal ? "\r\u001b[K" : ""}${line}`);
  const found = new Promise<string | undefined>((settle) => {
    createInterface({ input: child.stdout }).once("line", (line) => settle(readUrl(line)));
    child.once("error", ({ message }) => {
      complaint = message;
      settle(undefined);
    });
    child.once("close", () => {
      settle(undefined);
      if (!isOver) say(`the dashboard has ended; the search does not need it. ${firstLine(complaint)}`.trimEnd());
      isOver = true;
    });
  });
  void found.then((url) => {
    if (url !== undefined && !isOver) say(`dashboard at ${url}`);
  });
  return {
    async linger() {
      const url = await found;
      if (url === undefined || isOver || session.signal.aborted) return;
      say(`\nThe dashboard stays at ${url} until you press Ctrl-C.`);
      await Promise.race([once(child, "close"), once(session.signal, "abort")]);
    },
    end() {
      isOver = true;
      child.stdin.end();
      child.kill("SIGTERM");
    },
  };
}

function readUrl(line: string): string | undefined {
  try {
    return (JSON.parse(line) as { url?: string }).url;
  } catch {
    return undefined;
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
