import { type Context, Hono } from "hono";
import type { ViewSource } from "../view/contract.js";
import type { AnswerStore } from "./answers.js";
import type { Asset } from "./assets.js";
import { acceptsGzip, isKnownVersion } from "./encodings.js";
import type { EventHub } from "./eventHub.js";
import { describeFailure, failureBody } from "./failures.js";
import { isApi } from "./guard.js";
import { createQueryReader, type QueryReader } from "./query.js";
import type { TokenGate } from "./token.js";

/** What the server is made of. */
export interface ApplicationParts {
  readonly source: ViewSource;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly gate: TokenGate;
  readonly hub: EventHub;
  readonly answers: AnswerStore;
  /** Answers that take longer are to be asked for again (202). */
  readonly patienceSeconds: number;
  /** What it says of itself. */
  readonly identity: string | undefined;
  /** Told of errors that are our own fault. */
  readonly onFault: (error: unknown) => void;
}

const MOST = Number.MAX_SAFE_INTEGER;

/** The questions that are answered with JSON, by path. */
const questions: Readonly<Record<string, (source: ViewSource, query: QueryReader) => Promise<unknown>>> = {
  "/api/studies": (source) => source.studies(),
  "/api/study": (source, query) => source.study(query.name()),
  "/api/trials": (source, query) =>
    source.trials(query.name(), query.whole("from", { least: 0, most: MOST }, 0), query.count()),
  "/api/trial": (source, query) => source.trial(query.name(), query.whole("number", { least: 0, most: MOST })),
  "/api/map": (source, query) => source.map(query.name(), query.method()),
  "/api/frame": (source, query) =>
    source.frame(query.name(), query.method(), query.whole("decision", { least: 0, most: MOST })),
  "/api/points": (source, query) =>
    source.points(query.name(), query.whole("from", { least: 0, most: MOST }, 0), query.count()),
  "/api/compare": (source, query) => source.compare(query.names(), query.number("target")),
};

/** The web application: who may come in, the files of the front end, the questions and the events. */
export function createApplication({
  source,
  assets,
  gate,
  hub,
  answers,
  identity,
  patienceSeconds,
  onFault,
}: ApplicationParts): Hono {
  const application = new Hono();

  application.use(async (context, next) => {
    const { pathname, searchParams } = new URL(context.req.url);
    const admission = gate.admit({
      path: pathname,
      query: searchParams,
      authorization: context.req.header("authorization"),
      cookie: context.req.header("cookie"),
    });
    if (admission.kind === "admitted") return await next();
    if (admission.kind === "welcomed") {
      context.header("Set-Cookie", admission.cookie);
      context.header("Cache-Control", "no-store");
      return context.redirect(admission.location, 303);
    }
    if (isFollowedLink(context)) return context.html(COME_AGAIN, 200, { "Cache-Control": "no-store" });
    return refuseStranger(context, isApi(pathname));
  });

  for (const [path, ask] of Object.entries(questions)) {
    application.get(path, async (context) => {
      const { searchParams } = new URL(context.req.url);
      const make = async () => await ask(source, createQueryReader(searchParams));
      const answer = await soon(answers.get(`${path}?${searchParams}`, make), patienceSeconds);
      if (answer === undefined) return context.json({ pending: true }, 202, { "Cache-Control": "no-store" });
      const { body, gzipped } = answer;
      const isSmall = gzipped !== undefined && acceptsGzip(context.req.header("accept-encoding"));
      return new Response(isSmall ? gzipped : body, {
        headers: {
          "Content-Type": "application/json; charset=utf-8",
          "Cache-Control": "no-store",
          ...(gzipped === undefined ? {} : { Vary: "Accept-Encoding" }),
          ...(isSmall ? { "Content-Encoding": "gzip" } : {}),
        },
      });
    });
  }

  application.get("/api/identity", (context) =>
    context.json({ identity: identity ?? null }, 200, { "Cache-Control": "no-store" }),
  );

  application.get("/api/events", (context) => {
    const headers = { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store" };
    // A stream that nobody reads would never end.
    if (context.req.raw.method === "HEAD") return new Response(null, { headers });
    const stream = hub.open(context.req.header("last-event-id") !== undefined);
    if (stream === undefined) {
      context.header("Retry-After", "10");
      return context.json(failureBody("Too many pages listen already.", "Close some of them."), 503);
    }
    // Proxies such as nginx would collect the events otherwise.
    return new Response(stream, { headers: { ...headers, "X-Accel-Buffering": "no" } });
  });

  application.get("*", (context) => {
    const asset = assets.get(new URL(context.req.url).pathname);
    if (asset === undefined) return context.notFound();
    // Asked for again each time, but sent only where it has changed.
    const headers = { ETag: asset.etag, "Cache-Control": "no-cache", Vary: "Accept-Encoding" };
    if (isKnownVersion(context.req.header("if-none-match"), asset.etag)) {
      return new Response(null, { status: 304, headers });
    }
    const isSmall = asset.gzipped !== undefined && acceptsGzip(context.req.header("accept-encoding"));
    return new Response(isSmall ? asset.gzipped : asset.body, {
      headers: { ...headers, "Content-Type": asset.type, ...(isSmall ? { "Content-Encoding": "gzip" } : {}) },
    });
  });

  application.notFound((context) => {
    context.header("Cache-Control", "no-store");
    const isBare = context.req.path === "/" && !assets.has("/");
    if (isBare) return context.text("The pages of the dashboard were not built: run npm run build.\n", 503);
    return context.json(failureBody("There is nothing here.", undefined), 404);
  });

  application.onError((error, context) => {
    const { status, body } = describeFailure(error);
    if (status === 500) onFault(error);
    context.header("Cache-Control", "no-store");
    return context.json(body, status);
  });

  return application;
}

/** An answer, or undefined where it takes so long that a connection without a word would be taken for dead; it is worked out meanwhile. */
async function soon<Value>(answer: Promise<Value>, seconds: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000);
  });
  try {
    return await Promise.race([answer, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Whether somebody followed a link on another site: the browser keeps the cookie back then, even if it has just got it. A page of ours that
 * goes to the same place at once brings it; whoever has none is turned away the second time.
 */
function isFollowedLink(context: Context): boolean {
  const site = context.req.header("sec-fetch-site");
  return context.req.path === "/" && (site === "cross-site" || site === "same-site");
}

const COME_AGAIN =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>Assay</title></html>\n';

function refuseStranger(context: Context, api: boolean): Response {
  context.header("Cache-Control", "no-store");
  context.header("WWW-Authenticate", 'Bearer realm="assay dashboard"');
  const message = "The dashboard needs its token.";
  const hint = "Open the whole address that assay dashboard printed, with ?token= at its end.";
  return api ? context.json(failureBody(message, hint), 401) : context.text(`${message}\n${hint}\n`, 401);
}
