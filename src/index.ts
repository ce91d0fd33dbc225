export * from "./core.js";
export { openThreads } from "./threads.js";
