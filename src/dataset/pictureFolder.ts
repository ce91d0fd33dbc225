import { join } from "node:path";
import { z } from "zod";
import { AssayError } from "../errors.js";
import { defineOptions } from "../options.js";
import { createGenerator } from "../random/index.js";
import { decodeImage, type Picture } from "./decodeImage.js";
import type { DatasetDefinition } from "./definition.js";
import { fileOptions, shrink, splitTraining } from "./fileOptions.js";
import { describeContents, listFolder, listGivenFolder, readDataFile } from "./files.js";
import { normalisedDataset } from "./normalise.js";
import { pictureClasses } from "./pictureClasses.js";
import { checkSize, type RawImages } from "./rawImages.js";
import { stratifiedParts } from "./stratifiedParts.js";

const options = defineOptions({
  ...fileOptions,
  test: z
    .number()
    .min(0.001)
    .max(0.9)
    .default(0.2)
    .describe("Share that is kept for the test where there are no folders train and test"),
  colours: z
    .enum(["auto", "grey", "rgb"])
    .default("auto")
    .describe("Channels: one (grey), three (rgb), or three where any file has colours (auto)"),
});

type Options = ReturnType<typeof options.parse>;

/** PNG files, one folder for each class. */
export const imagesDefinition: DatasetDefinition = {
  name: "images",
  description: "PNG files in one folder for each class",
  source: "your own",
  options,
  async load(values) {
    const given = values as Options;
    const { classes, training, test } = findFiles(given);
    const labels = Int32Array.from(training, ({ label }) => label);
    const parts = splitTraining("images", labels, classes.length, given);
    const lists = [
      Array.from(parts.training, (index) => training[index]),
      Array.from(parts.validation, (index) => training[index]),
      test,
    ];
    const sets = read(lists, given);
    return normalisedDataset("images", classes, { training: sets[0], validation: sets[1], test: sets[2] });
  },
};

interface LabelledFile {
  readonly path: string;
  readonly label: number;
}

interface FoundFiles {
  readonly classes: readonly string[];
  readonly training: readonly LabelledFile[];
  readonly test: readonly LabelledFile[];
}

/** Either `train/<class>` and `test/<class>`, or `<class>` with a part kept for the test. */
function findFiles({ folder, test, seed }: Options): FoundFiles {
  const root = listGivenFolder("images", folder);
  if (root.folders.includes("train") && root.folders.includes("test")) {
    const trainingClasses = pictureClasses(listFolder(join(root.path, "train")));
    const testClasses = pictureClasses(listFolder(join(root.path, "test")), 1);
    const classes = trainingClasses.map(({ name }) => name);
    const unknown = testClasses.find(({ name }) => !classes.includes(name));
    if (unknown !== undefined) {
      throw new AssayError(
        "bad-dataset",
        `${join(root.path, "test", unknown.name)} is a class that ${join(root.path, "train")} does not have.`,
        "Use the same names of folders in both.",
      );
    }
    const labelled = (list: typeof testClasses): LabelledFile[] =>
      list.flatMap(({ name, paths }) => paths.map((path) => ({ path, label: classes.indexOf(name) })));
    return { classes, training: labelled(trainingClasses), test: labelled(testClasses) };
  }
  const found = pictureClasses(root);
  const files = found.flatMap(({ paths }, label) => paths.map((path) => ({ path, label })));
  const kept = Math.max(1, Math.round(files.length * test));
  if (kept >= files.length) {
    throw new AssayError(
      "bad-dataset",
      `${root.path} has ${files.length} pictures, too few to keep some for the test. ${describeContents(root)}.`,
      "Give a folder with more pictures.",
    );
  }
  const [reported, rest] = stratifiedParts(
    Int32Array.from(files, ({ label }) => label),
    found.length,
    [kept, files.length - kept],
    createGenerator(seed).split("images").split("test"),
  );
  return {
    classes: found.map(({ name }) => name),
    training: Array.from(rest, (index) => files[index]),
    test: Array.from(reported, (index) => files[index]),
  };
}

/** Reads lists of files into sets of images of one shape. */
function read(lists: readonly (readonly LabelledFile[])[], given: Options): RawImages[] {
  const total = lists.reduce((sum, list) => sum + list.length, 0);
  let first: RawImages | undefined;
  let firstPath = "";
  let hasColours = false;
  const pictures = lists.map((list) =>
    list.map(({ path }) => {
      const picture = readOne(path, given.size);
      if (first === undefined) {
        first = picture;
        firstPath = path;
        checkSize(given.folder, total, 3 * picture.height * picture.width);
      } else if (first.height !== picture.height || first.width !== picture.width) {
        throw new AssayError(
          "bad-dataset",
          `${path} is ${picture.width} x ${picture.height}, but ${firstPath} is ${first.width} x ${first.height}.`,
          "Average all down to squares of one size: size=32.",
        );
      }
      hasColours ||= picture.channels === 3;
      return picture;
    }),
  );
  const channels = given.colours === "grey" || (given.colours === "auto" && !hasColours) ? 1 : 3;
  return lists.map((list, index) => gather(pictures[index], list, channels));
}

function readOne(path: string, size: number): RawImages {
  const picture: Picture = decodeImage(readDataFile(path), path);
  return shrink(path, { ...picture, count: 1, labels: new Int32Array(1) }, size);
}

function gather(pictures: readonly RawImages[], files: readonly LabelledFile[], channels: 1 | 3): RawImages {
  const { height, width } = pictures[0];
  const plane = height * width;
  const pixels = new Float32Array(pictures.length * channels * plane);
  for (const [image, picture] of pictures.entries()) {
    const start = image * channels * plane;
    for (let channel = 0; channel < channels; channel++) {
      const target = start + channel * plane;
      if (picture.channels === channels) {
        pixels.set(picture.pixels.subarray(channel * plane, (channel + 1) * plane), target);
      } else if (picture.channels === 1) pixels.set(picture.pixels, target);
      else writeLuminance(picture.pixels, plane, pixels, target);
    }
  }
  const labels = Int32Array.from(files, ({ label }) => label);
  return { count: pictures.length, channels, height, width, pixels, labels };
}

/** Grey values as of Recommendation ITU-R BT.601. */
function writeLuminance(colours: RawImages["pixels"], plane: number, target: Float32Array, offset: number): void {
  for (let i = 0; i < plane; i++) {
    target[offset + i] = 0.299 * colours[i] + 0.587 * colours[plane + i] + 0.114 * colours[2 * plane + i];
  }
}
