import { searchSettingsSchema } from "../experiment/searchSettings.js";
import type { StudySummary } from "../study/index.js";
import type { Band } from "./contract.js";
import { CostColumns } from "./costColumns.js";
import { GrowingFront } from "./front.js";
import type { StudyMap } from "./map/studyMap.js";
import { type NamedObjective, namedObjectives, type QuantityColumn, quantityColumns } from "./quantities.js";
import { type LabelChoice, viewRandomSearch } from "./randomBand.js";
import type { Subject } from "./subject.js";
import { TrialTable } from "./trialTable.js";

/** What is kept of one study between questions. */
export class StudyEntry {
  readonly table = new TrialTable();
  readonly front = new GrowingFront();
  readonly objectives: readonly NamedObjective[];
  /** Of `--limit`, as they were written. */
  readonly limits: readonly string[];
  readonly subject: Subject | undefined;
  readonly costs: CostColumns | undefined;
  /** Made when it is first asked for. */
  map: StudyMap | undefined;
  readonly #labels: LabelChoice;
  #band: { readonly queries: number; readonly band: Band | undefined } | undefined;

  constructor({ settings, seed }: Pick<StudySummary, "settings" | "seed">, subject: Subject | undefined) {
    const { options } = searchSettingsSchema.safeParse(settings).data ?? {};
    this.objectives = namedObjectives(options?.objectives);
    this.limits = options?.limit ?? [];
    this.subject = subject;
    this.costs = subject && new CostColumns(subject);
    this.#labels = { seed, label: options?.label };
  }

  quantities(): QuantityColumn[] {
    return quantityColumns(this.table, this.subject, this.costs?.columns ?? [], this.objectives);
  }

  /** The band of random search up to so many queries. */
  randomSearch(queries: number): Band | undefined {
    if (this.subject === undefined) return undefined;
    if (this.#band?.queries !== queries) {
      this.#band = { queries, band: viewRandomSearch(this.subject, this.#labels, queries) };
    }
    return this.#band.band;
  }
}
