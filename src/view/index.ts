export type * from "./contract.js";
export { createViewSource, type OpenViewSource, type ViewSourceOptions } from "./viewSource.js";
