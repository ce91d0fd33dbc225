import type { StudyRow } from "../../../src/view/contract.js";
import { formatCount } from "../format/numbers.js";

/** How much of the budget is spent, done and failed apart. */
export function Progress({ row }: { readonly row: StudyRow }) {
  const { done, failed } = row.counts;
  const share = (count: number): number => (row.budget > 0 ? Math.min(100, (100 * count) / row.budget) : 0);
  return (
    <span class="progress">
      <span class="progress-words">{`${formatCount(done + failed)} / ${formatCount(row.budget)}`}</span>
      <svg width="100%" height="6" aria-hidden="true" class="progress-bar">
        <rect class="progress-back" width="100%" height="6" rx="3" />
        <rect class="progress-done" width={`${share(done)}%`} height="6" rx="3" />
        {failed > 0 && <rect class="progress-failed" x={`${share(done)}%`} width={`${share(failed)}%`} height="6" />}
      </svg>
    </span>
  );
}
