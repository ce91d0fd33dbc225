import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** A request with a JSON text. */
export interface PostOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Bytes; a longer answer is an error. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface PostAnswer {
  readonly status: number;
  /** The header Retry-After. */
  readonly retryAfter: string | undefined;
  readonly body: string;
}

const KEEP_ALIVE_MILLISECONDS = 60_000;

/**
 * Sends a POST and waits for the answer for as long as it takes: the `fetch` of Node gives up after five minutes without a header,
 * and a training takes longer. Rejects where the connection fails, the answer is too long, or the signal aborts.
 */
export function post({ url, headers, body, limit, signal }: PostOptions): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const sent = send(
      url,
      {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          ...headers,
          "content-length": String(Buffer.byteLength(body)),
        },
        signal,
      },
      (answer) => read(answer, limit).then(resolve, reject),
    );
    // Without it a router on the way forgets a connection on which nothing moves.
    sent.on("socket", (socket) => socket.setKeepAlive(true, KEEP_ALIVE_MILLISECONDS));
    sent.on("error", reject);
    sent.end(body);
  });
}

async function read(answer: IncomingMessage, limit: number): Promise<PostAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) {
      answer.destroy();
      throw new TooLongAnswer(`the answer is longer than ${limit.toLocaleString("en")} bytes`);
    }
    chunks.push(chunk);
  }
  return {
    status: answer.statusCode ?? 0,
    retryAfter: answer.headers["retry-after"],
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

/** Not mended by another attempt. */
export class TooLongAnswer extends Error {}
