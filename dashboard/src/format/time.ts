import { formatDuration } from "./numbers.js";

/** How long ago something was: "just now", "12 s ago", "3 h ago". Both in seconds since 1970. */
export function formatAgo(then: number, now: number): string {
  const seconds = Math.max(0, now - then);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86_400);
  return days < 60 ? `${days} d ago` : `${Math.floor(days / 30.44)} months ago`;
}

/** The moment itself, in the reader's own zone; for titles. */
export function formatMoment(time: number): string {
  return new Date(time * 1000).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

/** How long something took, or takes so far. */
export function formatSpan(from: number | undefined, to: number | undefined): string {
  return from === undefined || to === undefined ? formatDuration(null) : formatDuration(Math.max(0, to - from));
}
