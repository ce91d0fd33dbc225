import type { Architecture } from "../../space/contract.js";
import type { PointColumns } from "../contract.js";
import { costName } from "../quantities.js";
import type { Subject } from "../subject.js";

/** Texts and known costs of architectures, the first of which stands at the point `from`. */
export function pointColumns(
  architectures: readonly Architecture[],
  from: number,
  { space, costs }: Pick<Subject, "space" | "costs">,
): PointColumns {
  const metrics = costs?.metrics ?? [];
  const columns = metrics.map((): (number | null)[] => []);
  const values = new Float64Array(metrics.length);
  for (const architecture of architectures) {
    values.fill(Number.NaN);
    costs?.write(architecture, values);
    for (const [i, value] of values.entries()) columns[i].push(Number.isFinite(value) ? value : null);
  }
  return {
    from,
    architecture: architectures.map((architecture) => space.format(architecture)),
    costs: Object.fromEntries(metrics.map(({ name }, i) => [costName(name), columns[i]])),
  };
}
