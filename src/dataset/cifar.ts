import { join } from "node:path";
import { z } from "zod";
import { AssayError } from "../errors.js";
import { defineOptions } from "../options.js";
import type { Dataset } from "./contract.js";
import type { DatasetDefinition } from "./definition.js";
import { datasetFromFiles, fileOptions } from "./fileOptions.js";
import { describeContents, type FolderContents, listFolder, listGivenFolder, readDataFile } from "./files.js";
import { type CifarLayout, type NamedBytes, parseCifar } from "./parseCifar.js";

const SOURCE = "Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images";

const tenOptions = defineOptions(fileOptions);
const hundredOptions = defineOptions({
  ...fileOptions,
  labels: z.enum(["fine", "coarse"]).default("fine").describe("100 classes, or the 20 groups of them"),
});

/** CIFAR-10, binary version. */
export const cifar10Definition: DatasetDefinition = {
  name: "cifar10",
  description: "CIFAR-10, the binary version: 60,000 colour images, 32x32",
  source: SOURCE,
  options: tenOptions,
  async load(values) {
    const layout: Files = {
      name: "cifar10",
      inner: "cifar-10-batches-bin",
      training: /^data_batch_\d+\.bin$/,
      test: /^test_batch\.bin$/,
      classFile: "batches.meta.txt",
      layout: { labelBytes: 1, chosenLabel: 0, classes: 10 },
    };
    return loadCifar(layout, values as ReturnType<typeof tenOptions.parse>);
  },
};

/** CIFAR-100, binary version. */
export const cifar100Definition: DatasetDefinition = {
  name: "cifar100",
  description: "CIFAR-100, the binary version: 60,000 colour images, 32x32",
  source: SOURCE,
  options: hundredOptions,
  async load(values) {
    const given = values as ReturnType<typeof hundredOptions.parse>;
    const isFine = given.labels === "fine";
    const layout: Files = {
      name: "cifar100",
      inner: "cifar-100-binary",
      training: /^train\.bin$/,
      test: /^test\.bin$/,
      classFile: `${given.labels}_label_names.txt`,
      layout: { labelBytes: 2, chosenLabel: isFine ? 1 : 0, classes: isFine ? 100 : 20 },
    };
    return loadCifar(layout, given);
  },
};

interface Files {
  readonly name: string;
  /** The folder in the published archive. */
  readonly inner: string;
  readonly training: RegExp;
  readonly test: RegExp;
  readonly classFile: string;
  readonly layout: CifarLayout;
}

function loadCifar(files: Files, options: ReturnType<typeof tenOptions.parse>): Dataset {
  const given = listGivenFolder(files.name, options.folder);
  const folder = given.folders.includes(files.inner) ? listFolder(join(given.path, files.inner)) : given;
  const training = parseCifar(readMatching(folder, files, files.training), files.layout);
  const test = parseCifar(readMatching(folder, files, files.test), files.layout);
  return datasetFromFiles(files.name, { training, test, classes: classNames(folder, files) }, options);
}

function readMatching(folder: FolderContents, { name, inner }: Files, pattern: RegExp): NamedBytes[] {
  const paths = folder.files.filter((file) => pattern.test(file)).map((file) => join(folder.path, file));
  if (paths.length > 0) return paths.map((path) => ({ name: path, bytes: readDataFile(path) }));
  const wanted = pattern.source.replace(/[\^$\\]/g, "").replace("d+", "1");
  throw new AssayError(
    "no-file",
    `${folder.path} has no file ${wanted}. ${describeContents(folder)}.`,
    `${name} is read from its binary version, unpacked: the folder ${inner}.`,
  );
}

/** Names from the file that comes along; numbers where it is missing. */
function classNames(folder: FolderContents, { classFile, layout }: Files): string[] {
  const names = folder.files.includes(classFile)
    ? new TextDecoder()
        .decode(readDataFile(join(folder.path, classFile)))
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== "")
    : [];
  return names.length === layout.classes ? names : Array.from({ length: layout.classes }, (_, label) => `${label}`);
}
