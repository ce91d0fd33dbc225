// Compiled by scripts/build.mjs into a plain and a relaxed WebAssembly module. All arguments that name memory are byte addresses.
export { update } from "./adam";
export { listRows, transposeLists } from "./lists";
export { multiply, multiplyTransposed } from "./multiply";
export { packPanels, unpackPanels } from "./panels";
