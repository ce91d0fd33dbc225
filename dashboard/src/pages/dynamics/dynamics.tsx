import { useEffect, useState } from "preact/hooks";
import type { MapView, StudyView, TrialColumns } from "../../../../src/view/contract.js";
import { formatDuration } from "../../format/numbers.js";
import { EmptyState, ErrorState } from "../../parts/states.js";
import { useSource } from "../../sources/sourceContext.js";
import { useView } from "../../state/useView.js";
import { MapPage } from "./mapPage.js";

interface DynamicsProps {
  readonly view: StudyView;
  readonly trials: TrialColumns;
}

/** The way of a search through its space. */
export function Dynamics({ view, trials }: DynamicsProps) {
  if (!view.hasMap) {
    return (
      <EmptyState title="This study has no map">
        <p>A map needs the space of the study: the benchmark or the space file it was begun with, where it was then.</p>
      </EmptyState>
    );
  }
  return <LoadedMap view={view} trials={trials} />;
}

function LoadedMap({ view, trials }: DynamicsProps) {
  const source = useSource();
  const { name } = view.row;
  const [method, setMethod] = useState<MapView["method"]>("UMAP");
  // The points stay; only what was evaluated moves on, and that need not be seen at once.
  const loaded = useView(`map ${method} ${name}`, [name], () => source.map(name, method), 2500);
  if (loaded.content === undefined) {
    return loaded.problem === undefined ? <Computing method={method} /> : <ErrorState problem={loaded.problem} />;
  }
  return <MapPage key={method} view={view} trials={trials} map={loaded.content} onMethod={setMethod} />;
}

/** A map takes a while the first time; a clock that moves says that something happens. */
function Computing({ method }: { readonly method: string }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((now) => now + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="card state is-loading is-tall" role="status">
      <span class="spinner" aria-hidden="true" />
      <h2>{`The ${method} map is being computed`}</h2>
      <p>
        It is computed once for each space and kept; that goes on while you look at something else. The search itself is
        not slowed down.
      </p>
      {seconds >= 2 && <p aria-hidden="true">{formatDuration(seconds)}</p>}
    </div>
  );
}
