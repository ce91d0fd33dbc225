import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { StudyRow } from "../../../../src/view/contract.js";
import { countWords } from "../../format/words.js";
import { EmptyState, WhenLoaded } from "../../parts/states.js";
import { writeRoute } from "../../router.js";
import { useSource } from "../../sources/sourceContext.js";
import { useView } from "../../state/useView.js";
import { StudiesTable } from "./studiesTable.js";
import { matchesSearch } from "./studyColumns.js";

/** All studies of the storage: sort, filter, choose some and compare them. */
export function StudiesPage({ beginning }: { readonly beginning?: ComponentChildren }) {
  const source = useSource();
  const loaded = useView("studies", "all", () => source.studies());
  return (
    <WhenLoaded loaded={loaded} what="Reading the studies" height={320}>
      {(rows) => (rows.length === 0 ? <NoStudies beginning={beginning} /> : <Studies rows={rows} />)}
    </WhenLoaded>
  );
}

function NoStudies({ beginning }: { readonly beginning: ComponentChildren }) {
  if (beginning !== undefined) return <EmptyState title="No studies yet">{beginning}</EmptyState>;
  return (
    <EmptyState title="No studies yet">
      <p>
        A study appears here as soon as it has begun. To see one in a few seconds (with the <code>--storage</code> of
        this dashboard, where it has one):
      </p>
      <pre class="command">assay search --benchmark digits201 --budget 150 --seed 1 --study first</pre>
    </EmptyState>
  );
}

function Studies({ rows }: { readonly rows: readonly StudyRow[] }) {
  const [search, setSearch] = useState("");
  const [standing, setStanding] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = rows.filter((row) => (standing === "" || row.standing === standing) && matchesSearch(row, search));
  const names = rows.filter(({ name }) => chosen.has(name)).map(({ name }) => name);
  const searching = rows.filter((row) => row.standing === "writing").length;
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Studies</h1>
          <p class="subtitle">{`${countWords(rows.length, "study", "studies")}${searching > 0 ? `, ${searching} searching now` : ""}`}</p>
        </div>
        <div class="tools">
          <input
            class="field"
            type="search"
            placeholder="Filter by any word"
            aria-label="Filter studies"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
          <select
            class="field"
            aria-label="State"
            value={standing}
            onChange={(event) => setStanding(event.currentTarget.value)}
          >
            <option value="">All states</option>
            <option value="writing">Searching</option>
            <option value="stopped">Stopped</option>
            <option value="ended">Ended</option>
          </select>
          <a
            class={`button is-primary${names.length < 2 ? " is-off" : ""}`}
            aria-disabled={names.length < 2}
            {...(names.length < 2
              ? { role: "link", title: "Choose two or more studies first" }
              : { href: writeRoute({ page: "compare", names }) })}
          >
            {names.length < 2 ? "Compare" : `Compare ${names.length}`}
          </a>
        </div>
      </div>
      {shown.length === 0 ? (
        <EmptyState title="No study matches">
          <button type="button" class="button" onClick={() => [setSearch(""), setStanding("")]}>
            Show all
          </button>
        </EmptyState>
      ) : (
        <StudiesTable
          rows={shown}
          chosen={chosen}
          onChoose={(name, isChosen) => {
            const next = new Set(chosen);
            if (isChosen) next.add(name);
            else next.delete(name);
            setChosen(next);
          }}
        />
      )}
    </>
  );
}
