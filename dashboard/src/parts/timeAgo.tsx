import { formatAgo, formatMoment } from "../format/time.js";

export function TimeAgo({ time, now }: { readonly time: number; readonly now: number }) {
  return (
    <time dateTime={new Date(time * 1000).toISOString()} title={formatMoment(time)}>
      {formatAgo(time, now)}
    </time>
  );
}
