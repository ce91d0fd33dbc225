import type { Metric } from "../contract.js";
import type { ColumnType } from "../pack/columns.js";

/** One metric of a pack and the column of a table that it comes from. */
export interface PlannedColumn {
  readonly from: string;
  readonly type: ColumnType;
  readonly metric: Metric;
}

/** A planned column; 64-bit floats unless said otherwise. */
export function plan(from: string, metric: Metric, type: ColumnType = "double"): PlannedColumn {
  return { from, type, metric };
}
