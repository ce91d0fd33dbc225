import type { Storage, StudySummary } from "./contract.js";
import { noStudy } from "./refusals.js";

/** The study of that name. Throws AssayError, with the nearest name, where there is none. */
export function requireStudy(storage: Storage, name: string): StudySummary {
  const found = storage.find(name);
  if (found !== undefined) return found;
  throw noStudy(
    name.slice(0, 120),
    storage.location,
    storage.studies().map((study) => study.name),
  );
}
