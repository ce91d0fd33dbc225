import { useEffect, useState } from "preact/hooks";
import { plainText } from "../format/plainText.js";
import { writeRoute } from "../router.js";
import type { SearchControls } from "./protocol.js";

/** Benchmarks that lie beside the page, with a budget that shows something. */
const benchmarks = ["digits201", "digits-nano"] as const;
const paces = [
  [0, "as fast as it can"],
  [100, "ten trials a second"],
  [500, "two trials a second"],
] as const;

/** Begins and stops searches. */
export function Controls({ search }: { readonly search: SearchControls }) {
  const [known, setKnown] = useState<Awaited<ReturnType<SearchControls["strategies"]>>>([]);
  const [problem, setProblem] = useState<string>();
  const [isStarting, setStarting] = useState(false);
  useEffect(() => {
    search.strategies().then(setKnown, (error: Error) => setProblem(error.message));
  }, [search]);

  async function start(form: HTMLFormElement): Promise<void> {
    const fields = new FormData(form);
    const text = (name: string): string => String(fields.get(name));
    setStarting(true);
    setProblem(undefined);
    try {
      await search.pace(Number(text("pace")));
      const name = await search.start({
        benchmark: text("benchmark"),
        strategy: text("strategy"),
        seed: Number(text("seed")),
        budget: Number(text("budget")),
      });
      location.hash = writeRoute({ page: "study", name, tab: "overview" });
    } catch (error) {
      const { message, hint } = error as { readonly message: string; readonly hint?: string };
      setProblem(hint === undefined ? message : `${message} ${hint}`);
    }
    setStarting(false);
  }

  return (
    <form
      class="playground"
      aria-label="Search"
      onSubmit={(event) => {
        event.preventDefault();
        void start(event.currentTarget);
      }}
    >
      <label class="choice">
        <span>Benchmark</span>
        <select name="benchmark">
          {benchmarks.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label class="choice">
        <span>Strategy</span>
        <input class="field" name="strategy" list="strategies" defaultValue="default" required maxLength={200} />
      </label>
      <datalist id="strategies">
        {known.map(({ name, description }) => (
          <option key={name} value={name}>
            {plainText(description)}
          </option>
        ))}
      </datalist>
      <label class="choice">
        <span>Seed</span>
        <input class="field is-short" name="seed" type="number" min={0} max={2 ** 32} defaultValue="1" required />
      </label>
      <label class="choice">
        <span>Budget</span>
        <input class="field is-short" name="budget" type="number" min={1} max={5000} defaultValue="100" required />
      </label>
      <label class="choice">
        <span>Pace</span>
        <select name="pace" onChange={(event) => void search.pace(Number(event.currentTarget.value))}>
          {paces.map(([milliseconds, words]) => (
            <option key={milliseconds} value={milliseconds}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button is-primary" disabled={isStarting}>
        Search
      </button>
      <button type="button" class="button" onClick={() => void search.stop()}>
        Stop
      </button>
      <p class="playground-words note">
        The search runs in this page, on measurements that ship with Assay; nothing is sent anywhere. The same seed
        tries the same architectures as the command line. Strategies take options as there: <code>weaknas:init=20</code>
        .
      </p>
      {problem !== undefined && (
        <p class="playground-problem" role="alert">
          {plainText(problem)}
        </p>
      )}
    </form>
  );
}
