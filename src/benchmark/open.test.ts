import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireData } from "../../test/data.js";
import { createGenerator } from "../random/index.js";
import { openBenchmark, optima } from "./index.js";

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "assay-open-"));
  process.env["ASSAY_CACHE"] = join(scratch, "cache");
  process.env["ASSAY_HOME"] = join(scratch, "home");
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const published: [name: string, size: number, bestTest: number, bestLabel: number][] = [
  ["nasbench201/cifar10", 15_625, 94.373333, 91.606667],
  ["nasbench201/cifar100", 15_625, 73.513333, 73.493333],
  ["nasbench201/imagenet16-120", 15_625, 47.311111, 46.733333],
  ["tiny-nasbench201", 4096, 91.315, 88.654],
  ["nasbench101", 423_624, 94.3176, 94.3176],
  ["ec_nas/4v", 91, 93.34933333333333, 94.24746666666668],
  ["ec_nas/5v", 2532, 76.252, 77.0132],
];

for (const [name, size, bestTest, bestLabel] of published) {
  test(`${name} has the published optima, converted from its tables and then from the cache`, async (context) => {
    requireData(context);
    const messages: string[] = [];
    const onProgress = ({ message }: { message: string }): void => void messages.push(message);
    const converted = await openBenchmark(name, { onProgress });
    expect(messages.length).toBeGreaterThan(0);
    messages.length = 0;
    const cached = await openBenchmark(name, { onProgress, verify: true });
    expect(messages).toEqual([]);
    for (const benchmark of [converted, cached]) {
      expect(benchmark.space.enumeration?.size).toBe(size);
      expect(benchmark.test.length).toBe(size);
      expect(benchmark.test[optima(benchmark.test)[0]]).toBe(bestTest);
      const { values } = benchmark.labels("mean", createGenerator(1));
      expect(values[optima(values)[0]]).toBe(bestLabel);
    }
  });
}
