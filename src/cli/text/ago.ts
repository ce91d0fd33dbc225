const STEPS = [
  { unit: "second", seconds: 1, until: 60 },
  { unit: "minute", seconds: 60, until: 3600 },
  { unit: "hour", seconds: 3600, until: 86_400 },
  { unit: "day", seconds: 86_400, until: 60 * 86_400 },
] as const;

/**
 * How long ago something was, as people say it; a date where it is long ago.
 *
 * @param time ISO 8601
 * @param now milliseconds since 1970
 * @example
 * formatAgo("2026-01-01T00:00:00Z", Date.parse("2026-01-01T00:03:10Z")); // "3 minutes ago"
 */
export function formatAgo(time: string, now: number): string {
  const seconds = (now - Date.parse(time)) / 1000;
  // Clocks of two machines differ.
  if (seconds < 1) return "just now";
  const step = STEPS.find(({ until }) => seconds < until);
  if (step === undefined) return time.slice(0, 10);
  const count = Math.floor(seconds / step.seconds);
  return `${count} ${step.unit}${count === 1 ? "" : "s"} ago`;
}

/** A time to the minute: "2026-01-01 00:03 UTC". */
export function formatTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}
