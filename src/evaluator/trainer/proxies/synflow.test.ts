import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createGenerator } from "../../../random/index.js";
import { createSpace } from "../../../space/index.js";
import { spearman } from "../../../stats/index.js";
import { trainerOptions } from "../options.js";
import { synflow } from "./synflow.js";

const file = join(process.env["ASSAY_DATA"] ?? "", "nasbench201", "nb201_zerocost_freerea.csv.gz");

/** `bench/synflow.ts` does the same with networks of full size. */
test.skipIf(!existsSync(file))(
  "SynFlow of small networks ranks cells as the published table of large ones does",
  () => {
    const [head, ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
    const column = head.split(",").indexOf("cifar10_synflow");
    const space = createSpace("nasbench201");
    const none = { count: 0, pixels: new Float32Array(0), labels: new Int32Array(0) };
    const classes = Array.from({ length: 10 }, (_, label) => String(label));
    const sets = { training: none, validation: none, test: none };
    const dataset = { name: "none", channels: 3, height: 16, width: 16, classes, ...sets };
    const settings = trainerOptions.parse({ channels: 8, cells: 2, stages: 2 });
    const indices = [...createGenerator("cells").choose(24, lines.length)];
    const ours = indices.map((index) => {
      const architecture = new Int32Array(space.genes);
      space.enumeration!.write(index, architecture);
      return synflow({ space, architecture, dataset, settings }, createGenerator(index));
    });
    const theirs = indices.map((index) => Number(lines[index].split(",")[column]));
    expect(spearman(Float64Array.from(ours), Float64Array.from(theirs))).toBeGreaterThan(0.95);
  },
);
