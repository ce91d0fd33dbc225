import type { TrialView } from "../../../../src/view/contract.js";
import { plainText } from "../../format/plainText.js";
import { CopyButton } from "../../parts/copyButton.js";
import { ScrollRegion } from "../../parts/scrollRegion.js";

/** What the evaluation printed. */
export function Log({ log }: { readonly log: NonNullable<TrialView["log"]> }) {
  const text = plainText(log.text);
  return (
    <section class="card panel is-wide">
      <header class="figure-head">
        <h3>Log</h3>
        <div class="figure-tools">
          <CopyButton label="Copy" text={() => log.text} />
        </div>
      </header>
      {log.isCut && <p class="note">The end of it; the whole log lies in its file.</p>}
      <ScrollRegion label="Log of the evaluation">
        <pre class="log">{text === "" ? "(nothing was printed)" : text}</pre>
      </ScrollRegion>
    </section>
  );
}
