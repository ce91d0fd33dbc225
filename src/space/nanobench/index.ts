export type { NanoOperation } from "./cell.js";
export { costOfNanoNetwork, type NanoCost } from "./cost.js";
export { type NanoBenchOptions, type NanoNetworkOptions, nanoNetworkOptions } from "./options.js";
export {
  type NanoCellPlan,
  type NanoInput,
  type NanoNetworkPlan,
  type NanoNodePlan,
  type NanoStagePlan,
  planNanoCell,
  planNanoNetwork,
} from "./plan.js";
export { createNanoBench, nanobenchDefinition } from "./space.js";
