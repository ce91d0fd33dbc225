import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { AssayError } from "../../errors.js";
import { defineOptions, type OptionSchema, type OptionValues } from "../../options.js";
import type { TableConverter } from "../table/converter.js";
import { type EcNasSize, ecNasConverter } from "../table/ecNas.js";
import { nasBench101Converter } from "../table/nasbench101.js";
import { nasBench201Converter } from "../table/nasbench201.js";
import { type NasBench201Dataset, nasBench201Datasets } from "../table/nasbench201Columns.js";
import { findTables } from "../tableCache.js";
import type { ImportFormat } from "./format.js";

/** The CSV tables that are also converted by themselves when they lie in ASSAY_DATA. */
export const csvFormats: readonly ImportFormat[] = [
  csvFormat(
    "nasbench201-csv",
    defineOptions({
      dataset: z.enum(nasBench201Datasets).default("cifar10").describe("Data set whose measurements are taken"),
    }),
    ({ dataset }) => nasBench201Converter(dataset as NasBench201Dataset),
  ),
  csvFormat("nasbench101-csv", defineOptions({}), () => nasBench101Converter),
  csvFormat(
    "ec_nas-csv",
    defineOptions({ size: z.enum(["4v", "5v"]).default("4v").describe("Cells of at most 4 or at most 5 vertices") }),
    ({ size }) => ecNasConverter(size as EcNasSize),
  ),
];

function csvFormat(
  name: string,
  options: OptionSchema,
  converterOf: (options: OptionValues) => TableConverter,
): ImportFormat {
  const example = converterOf(options.parse({}));
  const [main] = example.required;
  return {
    name,
    description: `CSV tables of ${example.title.split(",")[0]}, gzip or not, joined with the tables beside them`,
    expects: `a data folder that holds ${main}.gz, or that file itself`,
    options,
    async read(path, given, context) {
      const converter = converterOf(given);
      const tables = findGivenTables(converter, resolve(path));
      if (tables === undefined) {
        const wanted = converter.required.map((relative) => `${relative}.gz`).join(", ");
        throw new AssayError("no-file", `${path} is neither a folder with ${wanted} nor that file.`);
      }
      return converter.convert(tables, context);
    },
  };
}

function findGivenTables(converter: TableConverter, path: string): Map<string, string> | undefined {
  if (!existsSync(path)) return undefined;
  if (statSync(path).isDirectory()) return findTables(converter, path);
  const folder = join(dirname(path), "..");
  const beside = findTables({ ...converter, required: [], optional: converter.optional }, folder);
  return new Map([[converter.required[0], path], ...(beside ?? [])]);
}
