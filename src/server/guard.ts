import type { IncomingHttpHeaders } from "node:http";

/** What is known of a request before anything is done for it. */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Why a request is turned away. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly hint?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Letters of an address with its query: 50 names of studies of 100 letters, each of which may take nine. */
const LONGEST_ADDRESS = 65_536;

/**
 * Turns away what no page of ours sends: other methods, bodies, foreign hosts and origins. Undefined where the request may go on.
 *
 * @param hosts see `allowedHosts`
 */
export function refuse({ method, url = "", headers }: RequestHead, hosts: ReadonlySet<string>): Refusal | undefined {
  if (method !== "GET" && method !== "HEAD") {
    return {
      status: 405,
      message: "The dashboard only shows: it takes GET and HEAD.",
      headers: { Allow: "GET, HEAD", Connection: "close" },
    };
  }
  if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0) {
    return { status: 413, message: "The dashboard takes no bodies.", headers: { Connection: "close" } };
  }
  if (url.length > LONGEST_ADDRESS) return { status: 414, message: "The address is too long." };
  // Proxies get whole addresses; this is none.
  if (!url.startsWith("/")) return { status: 400, message: "The address must begin with a slash." };
  const host = headers.host?.toLowerCase();
  if (host === undefined || !hosts.has(host)) {
    return {
      status: 421,
      message: "The dashboard does not answer to this host.",
      // Not the names that it has: the page that asks may be somebody else's.
      hint: "Open the address that assay dashboard printed; through a tunnel, with the same port on both sides.",
    };
  }
  if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${host}`) {
    return { status: 403, message: "The dashboard does not answer to pages of other origins." };
  }
  if (!isOwnFetch(headers, isApi(url))) {
    return { status: 403, message: "The dashboard does not answer to other pages." };
  }
  return undefined;
}

/** Whether an address asks for data rather than for a page. */
export function isApi(url: string): boolean {
  return url === "/api" || url.startsWith("/api/");
}

/** Links of other pages may lead to a page of ours, but nothing of ours may be part of them. Programs send no such header. */
function isOwnFetch(headers: IncomingHttpHeaders, api: boolean): boolean {
  const site = headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return true;
  return !api && headers["sec-fetch-mode"] === "navigate";
}
