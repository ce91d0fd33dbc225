import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ViewSource } from "../view/contract.js";
import { allowedHosts, isLoopback, shownAddress, withoutBrackets } from "./addresses.js";
import { createAnswerStore } from "./answers.js";
import { readAssets } from "./assets.js";
import { createEventHub, type EventHubOptions } from "./eventHub.js";
import { failureBody } from "./failures.js";
import { refuse } from "./guard.js";
import { listen } from "./listen.js";
import { securityHeaders } from "./securityHeaders.js";
import { createToken, createTokenGate, openGate, requireGoodToken } from "./token.js";

/** Settings of `createDashboardServer`. */
export interface DashboardServerOptions {
  readonly source: ViewSource;
  /** Folder with the built front end: `index.html` and what it needs. Read once. */
  readonly assets: string;
  /** Name or address to listen on. Default 127.0.0.1: programs of this machine alone. */
  readonly host?: string;
  /** 0: any that is free. Default: the first free one from 7077 to 7097. */
  readonly port?: number;
  /** What visitors must know. Default: nothing on a loopback address, a new token elsewhere. */
  readonly token?: string;
  /**
   * Seconds after which a question is answered with 202, to be asked again: it is worked out meanwhile. Default 15, since connections are given up
   * after 60 seconds of silence, and proxies may be less patient.
   */
  readonly patienceSeconds?: number;
  /** What /api/identity answers, for whoever must know that this is the server it takes it for. */
  readonly identity?: string;
  /** Told of errors that are our own fault; visitors get no details. */
  readonly onFault?: (error: unknown) => void;
  /** Limits of the stream of events. */
  readonly events?: Pick<EventHubOptions, "most" | "heartbeatSeconds" | "restSeconds">;
}

/** A dashboard that listens. */
export interface DashboardServer {
  /** Where people open it, with the token where there is one. */
  readonly url: string;
  readonly port: number;
  readonly token: string | undefined;
  /** Pages that wait for events. */
  readonly listeners: number;
  /** Ends all streams and connections, within half a second. */
  close(): Promise<void>;
}

const CLOSING_MILLISECONDS = 300;

/**
 * Serves a dashboard: the files of the front end, `/api/*` as JSON and `/api/events` as server-sent events, all read-only. It answers to its own
 * names only (no DNS rebinding), to no other origin, and beyond the loopback only to who has the token.
 *
 * Throws AssayError where the port is taken, the host is none of this machine, or the token could be guessed.
 *
 * @example
 * const server = await createDashboardServer({ source, assets: "dist/dashboard" });
 * console.log(server.url); // http://127.0.0.1:7077/
 * await server.close();
 */
export async function createDashboardServer(options: DashboardServerOptions): Promise<DashboardServer> {
  const {
    source,
    assets,
    host = "127.0.0.1",
    port,
    identity,
    patienceSeconds = 15,
    onFault = () => {},
    events = {},
  } = options;
  const token = options.token ?? (isLoopback(host) ? undefined : createToken());
  if (token !== undefined) requireGoodToken(token);
  // Only now: whoever serves nothing needs no web framework.
  const [{ createApplication }, { getRequestListener }] = await Promise.all([
    import("./application.js"),
    import("@hono/node-server"),
  ]);

  const answers = createAnswerStore();
  const hub = createEventHub({ ...events, listen: (listener) => source.listen(listener), onEvent: answers.forget });
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.destroy();
  const server = createServer(
    // Against clients that send a letter a minute or huge headers.
    { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 5000, maxHeaderSize: 81_920 },
    (request, response) => handle(request, response),
  );
  server.maxConnections = 500;
  server.keepAliveTimeout = 10_000;
  // One that takes nothing of its answer for so long is given up; streams of events have their heartbeat.
  server.timeout = 60_000;
  server.on("clientError", refuseGarbage);
  const listening = await listen(server, withoutBrackets(host), port);
  server.on("error", onFault);

  const gate = token === undefined ? openGate : createTokenGate(token, listening);
  const application = createApplication({
    source,
    assets: readAssets(assets),
    gate,
    hub,
    answers,
    identity,
    patienceSeconds,
    onFault,
  });
  const answer = getRequestListener(application.fetch, { overrideGlobalObjects: false });
  const hosts = allowedHosts(host, listening);
  handle = (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const refusal = refuse(request, hosts);
    if (refusal === undefined) {
      void answer(request, response);
      return;
    }
    response.writeHead(refusal.status, {
      ...refusal.headers,
      "Content-Type": "application/json; charset=utf-8",
      "Cache-Control": "no-store",
    });
    response.end(JSON.stringify(failureBody(refusal.message, refusal.hint)));
  };

  const address = shownAddress(host, listening);
  return {
    url: token === undefined ? address : `${address}?token=${token}`,
    port: listening,
    token,
    get listeners() {
      return hub.count;
    },
    async close() {
      hub.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const atOnce = setTimeout(() => server.closeAllConnections(), CLOSING_MILLISECONDS);
      await closed;
      clearTimeout(atOnce);
    },
  };
}

/** What is no HTTP gets an answer with the same headers as all others. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = {
    HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
    ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  }[error.code ?? ""];
  const headers = Object.entries({ ...securityHeaders, Connection: "close", "Content-Length": "0" });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status ?? "400 Bad Request"}\r\n${lines}\r\n`);
}
