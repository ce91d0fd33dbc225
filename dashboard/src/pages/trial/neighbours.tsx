import type { TrialView } from "../../../../src/view/contract.js";
import { formatDifference, formatValue, quantityHead } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { ScrollRegion } from "../../parts/scrollRegion.js";
import { writeRoute } from "../../router.js";

/** What lies one edit away: how does it compare? */
export function Neighbours({ study, trial }: { readonly study: string; readonly trial: TrialView }) {
  const evaluated = trial.neighbours.filter(({ number }) => number !== undefined).length;
  return (
    <section class="card panel">
      <header class="figure-head">
        <h3>Neighbours</h3>
      </header>
      <p class="note">{`Architectures one edit away: ${trial.neighbours.length} shown, ${evaluated} evaluated. What differs is marked.`}</p>
      <ScrollRegion label="Neighbours">
        <table class="table is-compact">
          <thead>
            <tr>
              <th scope="col">Architecture</th>
              <th scope="col" class="number">
                {quantityHead(trial.quantities[0]?.name ?? "label")}
              </th>
              <th scope="col" class="number">
                Difference
              </th>
            </tr>
          </thead>
          <tbody>
            {trial.neighbours.map(({ architecture, number, label }) => (
              <tr key={architecture}>
                <td class="code">
                  {number === undefined ? (
                    <Differing text={architecture} from={trial.architecture} />
                  ) : (
                    <a href={writeRoute({ page: "trial", name: study, number })}>
                      <Differing text={architecture} from={trial.architecture} />
                    </a>
                  )}
                </td>
                <td class="number">{formatValue(label, trial.quantities[0])}</td>
                <td class="number">
                  {label === undefined || trial.label === null
                    ? ""
                    : formatDifference(label - trial.label, trial.quantities[0])}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

/** Of longer texts only what stands around the difference is shown. */
const longestText = 110;
const around = 36;

/** A text with the part that differs marked. */
function Differing({ text, from }: { readonly text: string; readonly from: string }) {
  const [start, end] = differingPart(text, from);
  const isLong = text.length > longestText;
  let first = isLong && start > around ? start - around : 0;
  let last = isLong && text.length - end > around ? end + around : text.length;
  while (first > 0 && first < start && isWord(text[first - 1])) first++;
  while (last < text.length && last > end && isWord(text[last])) last--;
  return (
    <span title={isLong ? plainName(text) : undefined}>
      {first > 0 && "…\u2060"}
      {plainName(text.slice(first, start))}
      <mark>{plainName(text.slice(start, end))}</mark>
      {plainName(text.slice(end, last))}
      {last < text.length && "…"}
    </span>
  );
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\w.]/.test(character);
}

/** Where a text differs from another, widened to whole words. */
export function differingPart(text: string, other: string): readonly [start: number, end: number] {
  let start = 0;
  while (start < text.length && start < other.length && text[start] === other[start]) start++;
  let tail = 0;
  while (tail < text.length - start && tail < other.length - start && text.at(-1 - tail) === other.at(-1 - tail))
    tail++;
  let end = text.length - tail;
  if (start === text.length && end === start) return [start, end];
  while (start > 0 && isWord(text[start - 1])) start--;
  while (end < text.length && isWord(text[end])) end++;
  return [start, end];
}
