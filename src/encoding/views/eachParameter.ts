import type { Architecture, ParameterView } from "../../space/contract.js";
import type { ViewGroup } from "./group.js";
import { meanLevels } from "./summaryOfParameters.js";

/** With more parameters a model of a length for each would have more to learn than a search has labels. */
const MOST_PARAMETERS = 12;

const PREFIX = "parameter ";

/** Whether a group of this name is one parameter. */
export function isOneParameter(name: string): boolean {
  return name.startsWith(PREFIX);
}

/**
 * A group for each parameter: of an ordinal its level between 0 and 1, where it is switched off the mean of the architectures that have it;
 * of any other one column for each level, all zeros where it is switched off. None where there are more than twelve parameters.
 */
export function createParameterGroups(view: ParameterView, reference: readonly Architecture[]): ViewGroup[] {
  const { parameters } = view;
  if (parameters.length > MOST_PARAMETERS) return [];
  const chosen = new Int32Array(parameters.length);
  const means = meanLevels(view, reference);
  return parameters.map(({ name, kind, levels }, place): ViewGroup => {
    const isOrdinal = kind === "ordinal";
    const last = Math.max(1, levels.length - 1);
    const columnNames = isOrdinal ? ["level"] : levels.map(String);
    const values = new Float64Array(columnNames.length);
    const read = (architecture: Architecture): void => {
      view.write(architecture, chosen);
      const level = chosen[place];
      values.fill(0);
      if (isOrdinal) values[0] = (level < 0 ? means[place] : level) / last;
      else if (level >= 0) values[level] = 1;
    };
    return {
      name: `${PREFIX}${name}`,
      kind: "dense",
      width: values.length,
      columnNames,
      spread: spreadOf(reference, read, values),
      write({ architecture }, scale, row, offset) {
        read(architecture);
        for (let i = 0; i < values.length; i++) row[offset + i] = values[i] * scale;
      },
    };
  });
}

/** Twice the sum of the variances of the columns. */
function spreadOf(
  reference: readonly Architecture[],
  read: (architecture: Architecture) => void,
  values: Float64Array,
): number {
  const sums = new Float64Array(values.length);
  let squares = 0;
  for (const architecture of reference) {
    read(architecture);
    for (let i = 0; i < values.length; i++) {
      sums[i] += values[i];
      squares += values[i] * values[i];
    }
  }
  const ofMeans = sums.reduce((sum, value) => sum + (value / reference.length) ** 2, 0);
  return Math.max(0, 2 * (squares / reference.length - ofMeans));
}
