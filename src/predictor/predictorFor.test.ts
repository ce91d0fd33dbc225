import { describe, expect, it } from "vitest";
import { encode } from "../encoding/index.js";
import { AssayError } from "../errors.js";
import { createMatrix } from "../kernels/matrix.js";
import { createGenerator } from "../random/index.js";
import { createNasBench201, createSpace } from "../space/index.js";
import { createPredictor, predictorFor, predictors } from "./index.js";
import { encodingFor } from "./predictorFor.js";
import { ridgeDefinition } from "./ridge.js";

describe("predictors", () => {
  it("are listed by their own names", () => {
    for (const [name, definition] of Object.entries(predictors)) expect(definition.name).toBe(name);
  });
});

describe("predictorFor", () => {
  it("reads each space in the first encoding that fits", async () => {
    const space = createNasBench201();
    const generator = createGenerator(1);
    const { predictor, encoding, definition } = predictorFor(space, "ridge:penalty=0.5");
    expect(definition).toBe(ridgeDefinition);
    const architectures = Array.from({ length: 20 }, () => space.sample(generator));
    const features = encode(space, encoding, architectures);
    await predictor.fit(
      features,
      Float64Array.from({ length: 20 }, (_, i) => i),
      generator,
    );
    expect((await predictor.predict(features)).mean.length).toBe(20);
    expect(predictorFor(createSpace({ name: "nasbench101", options: {} }), "ridge").encoding).toBe("adjacency");
  });

  it("says in one sentence what is missing where none fits", () => {
    const space = { ...createNasBench201(), views: {} };
    const definition = { ...ridgeDefinition, encodings: ["one-hot", "cost"] };
    expect(() => encodingFor(space, definition)).toThrow(
      expect.objectContaining({
        code: "predictor-misfit",
        message: expect.stringMatching(/^Predictor ridge cannot read the space nasbench201: one-hot .*; cost [^.]*\.$/),
      }),
    );
  });
});

describe("createPredictor", () => {
  const features = createMatrix(2, 3);
  const labels = Float64Array.of(1, 2);

  it("says what is wrong with a spec", () => {
    expect(() => createPredictor("rigde")).toThrow(/There is no predictor "rigde"/);
    expect(() => createPredictor("gradient-boosting:rounds=0")).toThrow(/"rounds" of predictor gradient-boosting/);
    expect(() => createPredictor("gradient-boosting:baseScore=median")).toThrow(/"baseScore"/);
    expect(() => createPredictor("random-forest:tres=3")).toThrow(AssayError);
  });

  const mistakes: [string, () => Promise<unknown>, RegExp][] = [
    ["no rows", () => learn(createMatrix(0, 3), new Float64Array(0)), /0 rows and 0 labels/],
    ["too few labels", () => learn(features, labels.slice(1)), /2 rows and 1 labels/],
    ["a label that is not finite", () => learn(features, Float64Array.of(1, Number.NaN)), /label NaN in row 1/],
    ["numbers that do not fill the rows", () => learn({ ...features, rows: 3 }, labels), /6 numbers for 3 rows of 3/],
    ["a feature that is not finite", () => learn(withNaN(), labels), /NaN in row 1, column 2/],
  ];
  async function learn(...[rows, values]: [typeof features, Float64Array]) {
    await createPredictor("ridge").fit(rows, values, createGenerator(1));
  }
  function withNaN() {
    const broken = createMatrix(2, 3);
    broken.data[5] = Number.NaN;
    return broken;
  }
  for (const [name, action, message] of mistakes) {
    it(`refuses ${name}`, async () => {
      await expect(action()).rejects.toThrow(AssayError);
      await expect(action()).rejects.toThrow(message);
    });
  }

  it("refuses rows of another width than it was fitted to, also after an import", async () => {
    const predictor = createPredictor("ridge");
    await predictor.fit(features, labels, createGenerator(1));
    const twin = createPredictor("ridge");
    twin.importModel(predictor.exportModel() ?? {});
    for (const one of [predictor, twin]) {
      await expect(one.predict(createMatrix(2, 4))).rejects.toThrow(/fitted to 3 columns and is asked about 4/);
    }
  });
});
