import type { TableConverter } from "./converter.js";
import { ecNasConverter } from "./ecNas.js";
import { nasBench101Converter } from "./nasbench101.js";
import { nasBench201Converter } from "./nasbench201.js";
import { nasBench201Datasets } from "./nasbench201Columns.js";

/** Converters of the raw tables that may lie in a data folder, one for each pack. */
export const tableConverters: readonly TableConverter[] = [
  ...nasBench201Datasets.map(nasBench201Converter),
  nasBench101Converter,
  ecNasConverter("4v"),
  ecNasConverter("5v"),
];
