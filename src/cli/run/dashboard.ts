import { existsSync } from "node:fs";
import { AssayError } from "../../errors.js";
import { createDashboardServer, createPatientSource, createToken } from "../../server/index.js";
import type { ViewSource } from "../../view/contract.js";
import { note, print, type Session } from "../session.js";
import { defaultStorage } from "./defaultStorage.js";
import { frontEndFolder } from "./frontEnd.js";
import { giveWay } from "./giveWay.js";
import { createIdentity, findSharedDashboard, type SharedDashboard, shareDashboard } from "./sharedDashboard.js";

/** Options of `assay dashboard`, as the command line gives them. */
export interface DashboardCommandOptions {
  readonly storage?: string;
  readonly port?: number;
  readonly host?: string;
  /** True: one that is made, or that of the environment. */
  readonly token?: string | true;
  readonly untilInputEnds?: boolean;
  readonly json?: boolean;
}

/** Serves until it is stopped, which is no failure. */
export async function runDashboard(session: Session, options: DashboardCommandOptions): Promise<void> {
  const { storage = defaultStorage() } = options;
  if (isShared(options)) {
    const running = await findSharedDashboard(storage);
    if (running !== undefined) return pointTo(session, options, storage, running);
  }
  const source = createPatientSource({
    async open() {
      if (!existsSync(storage)) throw new AssayError("no-storage", `There is no file ${storage} yet.`);
      const { createViewSource } = await import("../../view/viewSource.js");
      return await createViewSource({ storagePath: storage });
    },
  });
  try {
    // A file that is damaged, or something else, is said now and not to a browser.
    await source.studies();
    await serve(session, options, source, storage);
  } finally {
    source.close();
  }
}

async function serve(
  session: Session,
  options: DashboardCommandOptions,
  source: ViewSource,
  storage: string,
): Promise<void> {
  const { host, port, json = false } = options;
  const token = chooseToken(options);
  const identity = createIdentity();
  const server = await createDashboardServer({
    source,
    assets: frontEndFolder(),
    identity,
    onFault: (error) => noteFault(session, error),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(token === undefined ? {} : { token }),
  });
  const unshare = isShared(options) ? shareDashboard(storage, server.url, identity) : () => {};
  giveWay();
  try {
    if (json) print(session, JSON.stringify({ url: server.url }));
    else announce(session, storage, server);
    await untilStopped(session.signal, options.untilInputEnds === true);
  } finally {
    unshare();
    await server.close();
  }
}

/** Whether one dashboard is as good as another: nothing was asked of it but to show a file. */
function isShared({ host, port, token, untilInputEnds }: DashboardCommandOptions): boolean {
  return host === undefined && port === undefined && token === undefined && untilInputEnds !== true;
}

function pointTo(
  session: Session,
  { json = false }: DashboardCommandOptions,
  storage: string,
  { url, processId }: SharedDashboard,
): void {
  print(session, json ? JSON.stringify({ url }) : `${storage} is shown at ${url} already`);
  if (!json) note(session, `by process ${processId}; --port starts another.`);
}

function announce(
  session: Session,
  storage: string,
  server: { readonly url: string; readonly token?: string | undefined },
): void {
  print(session, `${storage} is shown at ${server.url}`);
  if (server.token !== undefined) {
    note(session, "The address holds the token: whoever has it sees all studies. Traffic is not encrypted.");
  }
  if (!existsSync(storage)) note(session, `There is no ${storage} yet: studies appear as soon as a search keeps one.`);
  if (session.terminal.err.isTerminal) note(session, "Ctrl-C ends it.");
}

/** Undefined: the server decides whether one is needed, and makes it. */
function chooseToken({ token }: DashboardCommandOptions): string | undefined {
  if (typeof token === "string") return token;
  const known = process.env["ASSAY_DASHBOARD_TOKEN"] || undefined;
  if (known !== undefined || token === undefined) return known;
  return createToken();
}

function noteFault(session: Session, error: unknown): void {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [first] = trace.split("\n");
  note(session, `${session.terminal.errColours.red("internal error:")} ${session.verbose ? trace : first}`);
}

function untilStopped(signal: AbortSignal, withInput: boolean): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    if (!withInput) return;
    // Whoever holds the other end has ended, in whatever way.
    process.stdin
      .on("end", resolve)
      .on("close", resolve)
      .on("error", () => resolve());
    process.stdin.resume();
  });
}
