/** The statuses of a service that may answer a moment later: too many requests, bad gateway, unavailable, gateway timeout. */
const PASSING = new Set([429, 502, 503, 504]);
const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 60;
/** A service that asks for more is not waited for any longer than this. */
const LONGEST_ASKED_SECONDS = 3600;

export function isPassing(status: number): boolean {
  return PASSING.has(status);
}

/**
 * Seconds before the next attempt: doubled each time up to a minute, or what the service asks for (Retry-After, in seconds or as a
 * date) up to an hour.
 *
 * @param failures attempts so far, from 1
 * @param now milliseconds since 1970, to which a date is compared
 */
export function secondsBefore(failures: number, retryAfter: string | undefined, now: number): number {
  const asked = retryAfter === undefined ? Number.NaN : secondsOf(retryAfter.trim(), now);
  if (Number.isFinite(asked)) return Math.min(LONGEST_ASKED_SECONDS, Math.max(0, asked));
  let seconds = FIRST_SECONDS;
  for (let i = 1; i < failures && seconds < LONGEST_SECONDS; i++) seconds *= 2;
  return Math.min(seconds, LONGEST_SECONDS);
}

function secondsOf(text: string, now: number): number {
  return /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
}

/** Waits, but not longer than until the signal aborts. */
export function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    signal.addEventListener("abort", done);
  });
}
