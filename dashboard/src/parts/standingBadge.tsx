import type { StudyRow } from "../../../src/view/contract.js";
import { standingWords } from "../format/words.js";

/** How a study stands, in a word and a mark that differ in shape as well as colour. */
export function StandingBadge({ row }: { readonly row: StudyRow }) {
  return (
    <span class={`badge is-${row.standing}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {row.standing === "writing" && <circle class="badge-mark" cx="5" cy="5" r="4" />}
        {row.standing === "stopped" && <path class="badge-mark" d="M2 1H4V9H2ZM6 1H8V9H6Z" />}
        {row.standing === "ended" && <path class="badge-line" d="M1.5 5.5L4 8L8.5 2" />}
      </svg>
      {standingWords(row)}
    </span>
  );
}

/** The state of one trial. */
export function StateBadge({ state }: { readonly state: string }) {
  return <span class={stateBadgeClass(state)}>{state}</span>;
}

/** The class of the badge of a state, for elements that are made by hand. */
export function stateBadgeClass(state: string): string {
  return `badge is-${state}`;
}
