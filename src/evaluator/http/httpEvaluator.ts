import { AssayError } from "../../errors.js";
import { failed } from "../answer.js";
import type { EvaluationRequest, EvaluationResult, Evaluator } from "../contract.js";
import { endingAtClose } from "../protocol/endingAtClose.js";
import { callAfter, requireSeconds } from "../protocol/seconds.js";
import { writeTask } from "../task.js";
import { type PostAnswer, post, TooLongAnswer } from "./post.js";
import { readHttpAnswer } from "./readHttpAnswer.js";
import { isPassing, secondsBefore, wait } from "./retry.js";
import { shownAddress } from "./shownAddress.js";

/** Options of `createHttpEvaluator`. */
export interface HttpEvaluatorOptions {
  /** `http://` or `https://`. A user and a password in it are sent as basic authentication and never shown. */
  readonly url: string;
  /** Seconds for an evaluation with all its attempts. Default: no limit. */
  readonly timeout?: number;
  /**
   * Further attempts where the service cannot be reached or is busy (429, 502, 503, 504). Default 5; no more than 2 while it has
   * never answered.
   */
  readonly retries?: number;
  /** Further headers, such as an authorization. They are never shown. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Name of the study, which the service is told. Default: none. */
  readonly study?: string;
  /** Bytes of the longest answer that is read. Default 16 MiB. */
  readonly answerLimit?: number;
}

/** A wrong address shows soon. */
const FIRST_RETRIES = 2;

/**
 * Evaluates by asking a service: it is sent the task (`EvaluationTask`) by POST as JSON, and answers, when the training is done, with
 * what a command prints at the end: `{"accuracy": 93.1}`, with `"epochs": [{"epoch": 1, "train_loss": 2.1}, …]` where it has them.
 *
 * Attempts are 1, 2, 4, … up to 60 s apart, or as far as the service asks for (Retry-After). A service that was asked twice, because
 * an answer was lost, sees the same `trial` and `attempt` in both tasks. Whatever goes wrong is a failed result with a reason.
 *
 * Throws AssayError where the address or an option is wrong.
 *
 * @example
 * const evaluator = createHttpEvaluator({ url: "http://localhost:8000/train", timeout: 7200 });
 */
export function createHttpEvaluator(options: HttpEvaluatorOptions): Evaluator {
  const { timeout, retries = 5, study = "", answerLimit = 2 ** 24 } = options;
  const { url, shown, authorization } = readAddress(options.url);
  requireSeconds("http", "timeout", timeout);
  if (!(Number.isSafeInteger(retries) && retries >= 0))
    throw new AssayError("bad-option", `Option "retries" of http must be a whole number from 0, got ${retries}.`);
  const headers = { ...authorization, ...options.headers };

  let hasAnswered = false;

  /** @param interrupted why the signal aborted */
  async function ask(
    request: EvaluationRequest,
    signal: AbortSignal,
    interrupted: () => string,
  ): Promise<EvaluationResult> {
    const body = JSON.stringify(writeTask(request, study));
    let before = "";
    for (let attempt = 1; ; attempt++) {
      let answer: PostAnswer | undefined;
      let reason: string;
      try {
        answer = await post({ url, headers, body, limit: answerLimit, signal });
        hasAnswered = true;
        if (answer.status >= 200 && answer.status < 300) return readHttpAnswer(answer.body, request.onEpoch);
        reason = `answered ${answer.status}${describeBody(answer)}`;
        if (!isPassing(answer.status)) return failed(reason);
      } catch (error) {
        if (error instanceof TooLongAnswer) return failed(error.message);
        reason = `${shown} cannot be reached: ${describeError(error)}`;
      }
      // What the aborted attempt says is not the reason.
      if (signal.aborted) return failed(`${interrupted()}${before}`);
      if (attempt > (hasAnswered ? retries : Math.min(retries, FIRST_RETRIES)))
        return failed(attempt === 1 ? reason : `${reason} (${attempt} attempts)`);
      before = `; before that: ${reason}`;
      await wait(secondsBefore(attempt, answer?.retryAfter, Date.now()), signal);
    }
  }

  return endingAtClose(shown, async (request) => {
    const controller = new AbortController();
    const { signal } = request;
    const abort = (): void => controller.abort();
    let isLate = false;
    if (signal?.aborted) return failed("cancelled");
    signal?.addEventListener("abort", abort, { once: true });
    const clearTimer = callAfter(timeout, () => {
      isLate = true;
      abort();
    });
    try {
      return await ask(request, controller.signal, () => (isLate ? `took longer than ${timeout} s` : "cancelled"));
    } finally {
      clearTimer();
      signal?.removeEventListener("abort", abort);
    }
  });
}

function readAddress(text: string): { url: URL; shown: string; authorization: Record<string, string> } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new AssayError(
      "bad-address",
      // What cannot be read may still hold a password.
      `The address of the http evaluator ${url === undefined ? "cannot be read" : "must begin with http:// or https://"}.`,
      "Give one such as http://localhost:8000/train.",
    );
  }
  const { username, password } = url;
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  url.username = "";
  url.password = "";
  return {
    url,
    shown: shownAddress(text),
    authorization: username === "" && password === "" ? {} : { authorization: `Basic ${secret}` },
  };
}

function describeBody({ body }: PostAnswer): string {
  const line = body
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 200);
  return line === "" ? "" : `: ${line}`;
}

function describeError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ECONNREFUSED") return "nobody listens there";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "there is no such host";
  if (code === "ECONNRESET") return "the connection was cut";
  // Messages of TLS have several lines.
  return (message || code || "unknown error").split("\n", 1)[0].slice(0, 200);
}
