import { join } from "node:path";
import { AssayError } from "../errors.js";
import { defineOptions } from "../options.js";
import type { DatasetDefinition } from "./definition.js";
import { datasetFromFiles, fileOptions } from "./fileOptions.js";
import { describeContents, type FolderContents, listGivenFolder, readDataFile } from "./files.js";
import { parseIdx } from "./parseIdx.js";
import type { RawImages } from "./rawImages.js";

const options = defineOptions(fileOptions);

/** IDX files: MNIST, Fashion-MNIST, KMNIST and whatever is stored as they are. */
export const idxDefinition: DatasetDefinition = {
  name: "idx",
  description: "IDX files as of MNIST and Fashion-MNIST, gzipped or not",
  source: "LeCun, Cortes and Burges, the MNIST database",
  options,
  async load(values) {
    const given = values as ReturnType<typeof options.parse>;
    const folder = listGivenFolder("idx", given.folder);
    const training = readSplit(folder, "train", "training");
    const test = readSplit(folder, "(?:t10k|test)", "test");
    if (training.channels !== test.channels || training.height !== test.height || training.width !== test.width) {
      throw new AssayError(
        "bad-dataset",
        `In ${folder.path} training images are ${shape(training)} and test images ${shape(test)}.`,
        "Keep the files of one data set in a folder.",
      );
    }
    // Some files count their classes from 1, so classes are the labels that occur.
    const names = [...new Set(training.labels)].sort((a, b) => a - b);
    const numbers = new Map(names.map((label, index) => [label, index]));
    const unknown = test.labels.find((label) => !numbers.has(label));
    if (unknown !== undefined) {
      throw new AssayError(
        "bad-dataset",
        `In ${folder.path} a test image has the class ${unknown}, which no training image has.`,
        "Keep the files of one data set in a folder.",
      );
    }
    const renumbered = (images: RawImages): RawImages => ({
      ...images,
      labels: images.labels.map((label) => numbers.get(label) ?? 0),
    });
    const classes = names.map((label) => `${label}`);
    return datasetFromFiles("idx", { training: renumbered(training), test: renumbered(test), classes }, given);
  },
};

function readSplit(folder: FolderContents, split: string, title: string): RawImages {
  const [imagePath, labelPath] = [find(folder, split, "images", title), find(folder, split, "labels", title)];
  const { sizes, values } = parseIdx(readDataFile(imagePath), [3, 4], imagePath);
  const labels = parseIdx(readDataFile(labelPath), [1], labelPath).values;
  if (labels.length !== sizes[0]) {
    throw new AssayError(
      "bad-dataset",
      `${labelPath} has ${labels.length} labels for ${sizes[0]} images of ${imagePath}.`,
      "Keep the files of one data set in a folder.",
    );
  }
  const [height, width] = sizes.slice(-2);
  const channels = sizes.length === 4 ? sizes[1] : 1;
  return { count: sizes[0], channels, height, width, pixels: values, labels: Int32Array.from(labels) };
}

function find(folder: FolderContents, split: string, content: "images" | "labels", title: string): string {
  const pattern = new RegExp(`(^|[-_.])${split}[-_.]${content}[-_.].*?idx\\d.*?(\\.gz)?$`, "i");
  const found = folder.files.filter((name) => pattern.test(name));
  // The same file packed and unpacked is no riddle.
  const names = found.filter((name) => !found.includes(name.replace(/\.gz$/i, "")) || !/\.gz$/i.test(name));
  if (names.length === 1) return join(folder.path, names[0]);
  const example = `${split === "train" ? "train" : "t10k"}-${content}-idx${content === "images" ? 3 : 1}-ubyte`;
  if (names.length === 0) {
    throw new AssayError(
      "no-file",
      `${folder.path} has no file with ${title} ${content}. ${describeContents(folder)}.`,
      `It should be called ${example}, or the same with .gz.`,
    );
  }
  throw new AssayError(
    "bad-dataset",
    `${folder.path} has several files with ${title} ${content}: ${names.join(", ")}.`,
    "Keep each data set in a folder of its own.",
  );
}

function shape({ channels, height, width }: RawImages): string {
  return `${channels} x ${height} x ${width}`;
}
