import { useEffect, useState } from "preact/hooks";

interface TimelineProps {
  readonly decision: number;
  readonly last: number;
  /** Whether the decision is drawn already: playing waits for it. */
  readonly isReady: boolean;
  readonly onDecision: (decision: number) => void;
}

/** Milliseconds that each decision is shown: all of a study in about half a minute, but never a blur nor a bore. */
function dwellTime(last: number): number {
  return Math.max(220, Math.min(900, 30_000 / Math.max(1, last)));
}

/** A slider over decisions, and a button that plays them. */
export function Timeline({ decision, last, isReady, onDecision }: TimelineProps) {
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    if (decision >= last) {
      setPlaying(false);
      return;
    }
    if (!isReady) return;
    const timer = setTimeout(() => onDecision(decision + 1), dwellTime(last));
    return () => clearTimeout(timer);
  }, [isPlaying, decision, last, isReady]);
  return (
    <div class="timeline">
      <button
        type="button"
        class="button is-primary play"
        aria-label={isPlaying ? "Pause" : "Play the decisions"}
        disabled={last < 2}
        onClick={() => {
          if (!isPlaying && decision >= last) onDecision(1);
          setPlaying(!isPlaying);
        }}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <path class="icon-solid" d={isPlaying ? "M2 1H5.5V13H2ZM8.5 1H12V13H8.5Z" : "M2 1L13 7L2 13Z"} />
        </svg>
      </button>
      <input
        type="range"
        min="1"
        max={Math.max(1, last)}
        step="1"
        value={decision}
        disabled={last < 2}
        aria-label="Decision"
        aria-valuetext={`decision ${decision} of ${last}`}
        onInput={(event) => {
          setPlaying(false);
          onDecision(Number(event.currentTarget.value));
        }}
      />
      <output class="timeline-words">{`${decision} / ${last}`}</output>
    </div>
  );
}
