export { type CollectedFigures, type CollectFiguresOptions, collectFigures } from "./collect.js";
export type { FigureBundle, FigureFile, FigureWriter, StudyFigures } from "./contract.js";
