import { afterEach, describe, expect, test } from "vitest";
import { openThreads as openCoreThreads } from "./coreThreads.js";
import { AssayError } from "./errors.js";
import { createMatrix } from "./kernels/matrix.js";
import type { WorkerPool } from "./kernels/pool.js";
import { createPredictor } from "./predictor/index.js";
import { createGenerator } from "./random/index.js";
import { openThreads } from "./threads.js";

let pool: WorkerPool | undefined;

afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

const generator = createGenerator(1);
const features = createMatrix(3000, 12);
for (let i = 0; i < features.data.length; i++) features.data[i] = generator.integer(2);
const labels = Float64Array.from({ length: features.rows }, () => generator.normal());
const training = { ...features, rows: 60, data: features.data.subarray(0, 60 * features.columns) };

async function predictWith(spec: string, context: { pool?: WorkerPool }): Promise<Float64Array> {
  const predictor = createPredictor(spec, context);
  await predictor.fit(training, labels.subarray(0, 60), createGenerator(2));
  return (await predictor.predict(features)).mean;
}

describe.each([
  ["all", openThreads],
  ["the core's", openCoreThreads],
])("%s threads", (_, open) => {
  test.each(["ensemble:member=random-forest(trees=5),size=3", "gradient-boosting:rounds=20"])(
    "fit and predict as the calling thread does: %s",
    async (spec) => {
      pool = open(2);
      expect(pool.threads).toBe(2);
      expect(await predictWith(spec, { pool })).toEqual(await predictWith(spec, {}));
    },
  );

  test("are as many as the machine runs at the same time, or as many as asked for", () => {
    pool = open();
    expect(pool.threads).toBeGreaterThanOrEqual(1);
    expect(() => open(0)).toThrow(AssayError);
  });
});
