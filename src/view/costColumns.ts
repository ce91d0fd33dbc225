import { pause } from "./pause.js";
import type { Subject } from "./subject.js";
import type { TrialTable } from "./trialTable.js";

const SLICE = 2000;

/** The known costs of all trials of a table, worked out once for each; null where a cost is not known. */
export class CostColumns {
  readonly columns: (number | null)[][];
  readonly #subject: Subject;
  #filling: Promise<void> = Promise.resolve();

  constructor(subject: Subject) {
    this.#subject = subject;
    this.columns = (subject.costs?.metrics ?? []).map(() => []);
  }

  /** Works out the costs of new trials. */
  fill(table: TrialTable): Promise<void> {
    if (this.columns.length === 0) return Promise.resolve();
    this.#filling = this.#filling.then(() => this.#fill(table));
    return this.#filling;
  }

  async #fill({ architecture }: TrialTable): Promise<void> {
    const { space, costs } = this.#subject;
    const values = new Float64Array(this.columns.length);
    const start = this.columns[0].length;
    for (let row = start; row < architecture.length; row++) {
      try {
        costs!.write(space.parse(architecture[row]), values);
      } catch {
        // An architecture of another version of the space.
        values.fill(Number.NaN);
      }
      for (const [i, column] of this.columns.entries()) column[row] = Number.isFinite(values[i]) ? values[i] : null;
      if ((row - start) % SLICE === SLICE - 1) await pause();
    }
  }
}
