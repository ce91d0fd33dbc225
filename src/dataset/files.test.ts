import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AssayError } from "../errors.js";
import { idxFile, pngFile } from "./fixtures/writeImages.js";
import { openDataset } from "./index.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-dataset-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}

/** The raw value of a normalised pixel. */
function rawPixels(
  dataset: Awaited<ReturnType<typeof openDataset>>,
  set: "training" | "validation" | "test",
): number[] {
  const plane = dataset.height * dataset.width;
  const { mean, deviation } = dataset.normalisation!;
  return Array.from(dataset[set].pixels, (value, i) => {
    const channel = Math.floor(i / plane) % dataset.channels;
    return Math.round(value * deviation[channel] + mean[channel]);
  });
}

describe("idx", () => {
  const train = idxFile(
    [20, 2, 2],
    Array.from({ length: 80 }, (_, i) => i),
  );
  const trainLabels = idxFile(
    [20],
    Array.from({ length: 20 }, (_, i) => 1 + (i % 2)),
  );

  function putMnist(): void {
    put("train-images-idx3-ubyte.gz", gzipSync(train));
    put("train-labels.idx1-ubyte", trainLabels);
    put(
      "t10k-images-idx3-ubyte",
      idxFile(
        [3, 2, 2],
        Array.from({ length: 12 }, (_, i) => 10 * i),
      ),
    );
    put("t10k-labels-idx1-ubyte.gz", gzipSync(idxFile([3], [2, 1, 2])));
  }

  test("reads files packed or not; classes are the labels that occur", async () => {
    putMnist();
    const dataset = await openDataset(`idx:folder=${folder},validation=0.2`);
    expect(dataset).toMatchObject({ channels: 1, height: 2, width: 2, classes: ["1", "2"] });
    expect(dataset.training.count).toBe(16);
    expect(dataset.validation.count).toBe(4);
    expect(dataset.validation.labels.reduce((sum, label) => sum + label)).toBe(2);
    expect(dataset.test.labels).toEqual(Int32Array.of(1, 0, 1));
    expect(rawPixels(dataset, "test")).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110]);
    const pixels = rawPixels(dataset, "training");
    for (const [image, label] of dataset.training.labels.entries()) expect((pixels[4 * image] / 4) % 2).toBe(label);
  });

  test("a subset and smaller images", async () => {
    putMnist();
    const dataset = await openDataset(`idx:folder=${folder},images=6,size=1`);
    expect(dataset.training.count).toBe(6);
    expect(dataset.training.labels.filter((label) => label === 0).length).toBe(3);
    expect([dataset.height, dataset.width]).toEqual([1, 1]);
    expect(rawPixels(dataset, "test")).toEqual([15, 55, 95]);
    const all = await openDataset(`idx:folder=${folder}`);
    const few = await openDataset(`idx:folder=${folder},images=6`);
    expect(rawPixels(few, "validation")).toEqual(rawPixels(all, "validation"));
  });

  test.each<[string, () => void, RegExp]>([
    [
      "no file",
      () => rmSync(join(folder, "t10k-labels-idx1-ubyte.gz")),
      /has no file with test labels\. It holds t10k-im/,
    ],
    ["two files", () => put("my-train-images-idx3-ubyte", train), /several files with training images: my-train/],
    ["no IDX", () => put("train-labels.idx1-ubyte", "text"), /train-labels\.idx1-ubyte is no IDX file/],
    ["a type", () => put("train-labels.idx1-ubyte", Buffer.of(0, 0, 13, 1, 0, 0)), /values of type 13/],
    ["axes", () => put("train-labels.idx1-ubyte", train), /train-labels\.idx1-ubyte has 3 axes instead of 1/],
    ["header", () => put("train-labels.idx1-ubyte", Buffer.of(0, 0, 8, 1, 0, 0)), /ends within its header/],
    [
      "cut",
      () => put("train-labels.idx1-ubyte", trainLabels.subarray(0, 20)),
      /has 20 bytes where its header \(20\) asks for 28/,
    ],
    ["empty", () => put("train-labels.idx1-ubyte", idxFile([0], [])), /is empty/],
    ["labels", () => put("train-labels.idx1-ubyte", idxFile([2], [1, 2])), /has 2 labels for 20 images/],
    ["huge", () => put("t10k-images-idx3-ubyte", idxFile([4e9, 4e9, 4e9], [])), /more than 268435456 values/],
    ["class", () => put("t10k-labels-idx1-ubyte.gz", gzipSync(idxFile([3], [2, 1, 7]))), /test image has the class 7/],
    [
      "shape",
      () => put("t10k-images-idx3-ubyte", idxFile([3, 1, 2], [1, 2, 3, 4, 5, 6])),
      /1 x 2 x 2 and test images 1 x 1 x 2/,
    ],
    ["gzip", () => put("train-images-idx3-ubyte.gz", gzipSync(train).subarray(0, 30)), /Cannot unpack .*train-images/],
  ])("a wrong file (%s) is one clear sentence", async (_, damage, message) => {
    putMnist();
    damage();
    const failed = openDataset(`idx:folder=${folder}`);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(AssayError);
  });

  test("options that do not fit the files", async () => {
    putMnist();
    await expect(openDataset("idx")).rejects.toThrow(/needs a folder/);
    await expect(openDataset("idx:folder=/nowhere")).rejects.toThrow(/There is no folder \/nowhere/);
    await expect(openDataset(`idx:folder=${folder},images=19`)).rejects.toThrow(/has 18 training images beside 2/);
    await expect(openDataset(`idx:folder=${folder},images=1`)).rejects.toThrow(/images=1 is fewer than the 2 classes/);
    await expect(openDataset(`idx:folder=${folder},size=3`)).rejects.toThrow(/2 x 2, smaller than size=3/);
  });
});

describe("cifar", () => {
  /** Records whose three channels are constant: label, label + 100, label + 200. */
  function records(labels: readonly (readonly number[])[]): Buffer {
    return Buffer.concat(
      labels.map((bytes) =>
        Buffer.concat([Buffer.from(bytes), ...[0, 100, 200].map((base) => Buffer.alloc(1024, base + bytes[0]))]),
      ),
    );
  }

  test("CIFAR-10: all batches, names of classes, and the folder of the archive", async () => {
    const inner = "cifar-10-batches-bin";
    put(`${inner}/data_batch_1.bin`, records([[0], [1], [2], [3]]));
    put(`${inner}/data_batch_2.bin`, records([[0], [1], [2], [3]]));
    put(`${inner}/test_batch.bin`, records([[9]]));
    put(`${inner}/batches.meta.txt`, "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n");
    const dataset = await openDataset(`cifar10:folder=${folder},validation=0.5`);
    expect(dataset).toMatchObject({ channels: 3, height: 32, width: 32 });
    expect(dataset.classes[9]).toBe("truck");
    expect([...dataset.training.labels].sort()).toEqual([0, 1, 2, 3]);
    expect([...dataset.validation.labels].sort()).toEqual([0, 1, 2, 3]);
    const pixels = rawPixels(dataset, "test");
    expect([pixels[0], pixels[1024], pixels[3071]]).toEqual([9, 109, 209]);
    const direct = await openDataset(`cifar10:folder=${join(folder, inner)},validation=0.5,size=8`);
    expect([direct.height, direct.training.pixels.length]).toEqual([8, 4 * 3 * 64]);
  });

  test("CIFAR-100: fine and coarse labels", async () => {
    put(
      "train.bin",
      records([
        [1, 99],
        [2, 98],
        [1, 99],
        [2, 98],
      ]),
    );
    put("test.bin", records([[19, 7]]));
    const fine = await openDataset(`cifar100:folder=${folder},validation=0.5`);
    expect([fine.classes.length, fine.test.labels[0], [...fine.training.labels].sort()]).toEqual([100, 7, [98, 99]]);
    const coarse = await openDataset(`cifar100:folder=${folder},validation=0.5,labels=coarse`);
    expect([coarse.classes.length, coarse.test.labels[0]]).toEqual([20, 19]);
  });

  test("wrong files are one clear sentence", async () => {
    put("readme.txt", "x");
    await expect(openDataset(`cifar10:folder=${folder}`)).rejects.toThrow(
      /has no file data_batch_1\.bin\. It holds readme/,
    );
    put("data_batch_1.bin", records([[1], [10]]));
    put("test_batch.bin", records([[1]]));
    await expect(openDataset(`cifar10:folder=${folder}`)).rejects.toThrow(/has the class 10 in record 1; 10 exist/);
    put("data_batch_1.bin", records([[1, 1]]));
    await expect(openDataset(`cifar10:folder=${folder}`)).rejects.toThrow(/no whole number of records of 3073 bytes/);
  });
});

describe("images", () => {
  const grey = (value: number, side = 2): Buffer =>
    pngFile({
      width: side,
      height: side,
      rows: Array.from({ length: side }, () => new Array<number>(side).fill(value)),
    });
  const coloured = (values: readonly number[]): Buffer =>
    pngFile({ width: 2, height: 1, colourType: 2, rows: [[...values, ...values]] });

  test("one folder for each class, with a part kept for the test", async () => {
    for (let i = 0; i < 10; i++) {
      put(`cat/${i}.png`, grey(10 + i));
      put(`dog/${i}.PNG`, grey(100 + i));
    }
    put("dog/Thumbs.db", "left alone");
    const dataset = await openDataset(`images:folder=${folder},test=0.2,validation=0.25`);
    expect(dataset).toMatchObject({ channels: 1, height: 2, width: 2, classes: ["cat", "dog"] });
    expect([dataset.training.count, dataset.validation.count, dataset.test.count]).toEqual([12, 4, 4]);
    const all = (["training", "validation", "test"] as const).flatMap((set) => {
      const pixels = rawPixels(dataset, set);
      return Array.from(dataset[set].labels, (label, i) => {
        expect(pixels[4 * i] >= 100).toBe(label === 1);
        return pixels[4 * i];
      });
    });
    const tens = Array.from({ length: 10 }, (_, i) => i);
    expect(all.sort((a, b) => a - b)).toEqual([...tens.map((i) => 10 + i), ...tens.map((i) => 100 + i)]);
  });

  test("train and test folders; grey and coloured files together", async () => {
    for (let i = 0; i < 4; i++) {
      put(`train/a/${i}.png`, coloured([200, 100, 50]));
      put(`train/b/${i}.png`, pngFile({ width: 2, height: 1, rows: [[i, 7]] }));
    }
    put("test/b/x.png", coloured([10, 20, 30]));
    const dataset = await openDataset(`images:folder=${folder},validation=0.25`);
    expect(dataset.channels).toBe(3);
    expect(rawPixels(dataset, "test")).toEqual([10, 10, 20, 20, 30, 30]);
    expect(dataset.test.labels).toEqual(Int32Array.of(1));
    const single = await openDataset(`images:folder=${folder},validation=0.25,colours=grey,size=1`);
    expect([single.channels, single.height, single.width]).toEqual([1, 1, 1]);
    expect(rawPixels(single, "test")).toEqual([18]);
  });

  test("wrong folders and files are one clear sentence", async () => {
    const open = () => openDataset(`images:folder=${folder}`);
    await expect(open()).rejects.toThrow(/has 0 subfolders\. It is empty/);
    put("a/1.png", grey(1));
    put("b/1.txt", "x");
    await expect(open()).rejects.toThrow(/b has no PNG files\. It holds 1\.txt/);
    put("b/1.jpg", "x");
    await expect(open()).rejects.toThrow(/1\.jpg is no PNG file/);
    rmSync(join(folder, "b/1.jpg"));
    put("b/1.png", "x");
    put("b/2.png", grey(1));
    put("b/3.png", grey(1));
    await expect(open()).rejects.toThrow(/1\.png is no PNG file/);
    put("b/1.png", grey(1, 3));
    await expect(open()).rejects.toThrow(/is \d x \d, but .*png is \d x \d/);
    await expect(openDataset(`images:folder=${folder},size=2`)).resolves.toMatchObject({ height: 2 });
    put("train/a/1.png", grey(1));
    put("train/b/1.png", grey(1));
    put("test/a/1.png", grey(1));
    put("test/c/1.png", grey(1));
    await expect(open()).rejects.toThrow(/c is a class that .*train does not have/);
  });
});
