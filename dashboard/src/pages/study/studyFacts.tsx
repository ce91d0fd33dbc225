import type { StudyView } from "../../../../src/view/contract.js";
import { formatValue, quantityWords } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { formatMoment } from "../../format/time.js";
import { standingWords } from "../../format/words.js";
import { CopyButton } from "../../parts/copyButton.js";
import { Facts } from "../../parts/facts.js";

/** What the study was asked for, and with what. */
export function StudyFacts({ view }: { readonly view: StudyView }) {
  const { row, settings, limits, quantities } = view;
  const facts: (readonly [string, string])[] = [
    ["State", standingWords(row)],
    ["Benchmark or space", plainName(row.subject)],
    ["Strategy", plainName(row.strategy)],
    ["Seed", String(row.seed)],
    ["Budget", String(row.budget)],
    ...(view.objectives.length > 1 ? [["Objectives", view.objectives.map(quantityWords).join(", ")] as const] : []),
    ...limits.map(
      ({ name, bound, value }) =>
        [
          `Limit on ${quantityWords(name)}`,
          `${bound} ${formatValue(
            value,
            quantities.find((quantity) => quantity.name === name),
          )}`,
        ] as const,
    ),
    ["Begun", formatMoment(row.createdAt)],
    ["Last change", formatMoment(row.changedAt)],
    ...(view.folder === undefined ? [] : [["Folder", plainName(view.folder)] as const]),
    ["Version", plainName(view.version)],
    ["Id", row.id],
  ];
  const options = Object.entries(settings).map(
    ([name, value]) => [name === "measurements" ? "Checksum of the table" : plainName(name), plainName(value)] as const,
  );
  return (
    <section class="card panel">
      <header class="figure-head">
        <h3>Facts and settings</h3>
        <div class="figure-tools">
          <CopyButton
            label="Copy"
            text={() => [...facts, ...options].map(([name, value]) => `${name}: ${value}`).join("\n")}
          />
        </div>
      </header>
      <Facts items={facts} />
      {options.length > 0 && (
        <>
          <h4>Options</h4>
          <Facts items={options} />
        </>
      )}
    </section>
  );
}
