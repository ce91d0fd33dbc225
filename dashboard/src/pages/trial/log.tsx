import { useLayoutEffect, useRef } from "preact/hooks";
import type { TrialView } from "../../../../src/view/contract.js";
import { plainText } from "../../format/plainText.js";
import { CopyButton } from "../../parts/copyButton.js";
import { ScrollRegion } from "../../parts/scrollRegion.js";

interface LogProps {
  readonly log: NonNullable<TrialView["log"]>;
  /** Whether its end is shown at first, where the reason of a failure stands. */
  readonly isReadFromEnd: boolean;
}

/** What the evaluation printed. */
export function Log({ log, isReadFromEnd }: LogProps) {
  const lines = useRef<HTMLPreElement>(null);
  useLayoutEffect(() => {
    const region = lines.current?.parentElement;
    if (isReadFromEnd && region) region.scrollTop = region.scrollHeight;
  }, [isReadFromEnd]);
  const text = plainText(log.text);
  return (
    <section class="card panel is-wide log-panel">
      <header class="figure-head">
        <h3>Log</h3>
        <div class="figure-tools">
          <CopyButton label="Copy" text={() => log.text} />
        </div>
      </header>
      {log.isCut && <p class="note">The end of it; the whole log lies in its file.</p>}
      <ScrollRegion label="Log of the evaluation">
        <pre ref={lines} class="log">
          {text === "" ? "(nothing was printed)" : text}
        </pre>
      </ScrollRegion>
    </section>
  );
}
