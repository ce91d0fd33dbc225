import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createGenerator } from "../random/index.js";
import { createKernels } from "./kernels.js";
import { createMatrix, type Matrix, takeRows } from "./matrix.js";
import { product } from "./product.js";

function randomMatrix(rows: number, columns: number, seed: string, density = 0.6): Matrix {
  const generator = createGenerator(seed);
  const matrix = createMatrix(rows, columns);
  for (let i = 0; i < rows * columns; i++) {
    matrix.data[i] = generator.uniform() < density ? generator.normal() : 0;
  }
  return matrix;
}

function transposed(matrix: Matrix): Matrix {
  const result = createMatrix(matrix.columns, matrix.rows);
  for (let i = 0; i < matrix.rows; i++) {
    for (let j = 0; j < matrix.columns; j++) result.data[j * matrix.rows + i] = matrix.data[i * matrix.columns + j];
  }
  return result;
}

/** The product in 64-bit floats, and the sum of the absolute values of all terms, which bounds the rounding error. */
function reference(left: Matrix, right: Matrix): { values: Float64Array; sizes: Float64Array } {
  const values = new Float64Array(left.rows * right.columns);
  const sizes = new Float64Array(left.rows * right.columns);
  for (let i = 0; i < left.rows; i++) {
    for (let k = 0; k < left.columns; k++) {
      const x = left.data[i * left.columns + k];
      if (x === 0) continue;
      for (let j = 0; j < right.columns; j++) {
        const term = x * right.data[k * right.columns + j];
        values[i * right.columns + j] += term;
        sizes[i * right.columns + j] += Math.abs(term);
      }
    }
  }
  return { values, sizes };
}

function expectNear(result: Matrix, left: Matrix, right: Matrix): void {
  const { values, sizes } = reference(left, right);
  expect([result.rows, result.columns]).toEqual([left.rows, right.columns]);
  const allowed = 6e-8 * (left.columns + 2);
  let worst = 0;
  for (let i = 0; i < values.length; i++) {
    const error = Math.abs(result.data[i] - values[i]);
    worst = Math.max(worst, error === 0 ? 0 : error / sizes[i]);
  }
  expect(worst).toBeLessThanOrEqual(allowed);
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const forms = [
  { transposeLeft: false, transposeRight: false },
  { transposeLeft: true, transposeRight: false },
  { transposeLeft: false, transposeRight: true },
  { transposeLeft: true, transposeRight: true },
];
const sizes = [0, 1, 3, 7, 8, 33];
const large: [number, number, number][] = [
  [1, 1000, 1000],
  [33, 1000, 7],
  [7, 33, 1000],
  [1000, 7, 33],
  [130, 200, 1000],
  [3, 1000, 8],
  [1000, 3, 1],
];

describe.each([
  ["plain", createKernels({ portable: true })],
  ["relaxed", createKernels({ portable: false })],
])("product with %s kernels", (_, used) => {
  it.each(forms)("equals a naive product: $transposeLeft $transposeRight", (form) => {
    const shapes = [...large];
    for (const rows of sizes)
      for (const inner of sizes) for (const columns of sizes) shapes.push([rows, inner, columns]);
    for (const [rows, inner, columns] of shapes) {
      const left = randomMatrix(rows, inner, `left ${rows} ${inner}`);
      const right = randomMatrix(inner, columns, `right ${inner} ${columns}`, 1);
      const result = product(
        form.transposeLeft ? transposed(left) : left,
        form.transposeRight ? transposed(right) : right,
        { ...form, with: used },
      );
      expectNear(result, left, right);
    }
  });

  it("gives a row the same bits whatever rows are beside it", () => {
    const right = randomMatrix(70, 61, "right", 1);
    fc.assert(
      fc.property(fc.array(fc.nat(299), { minLength: 1, maxLength: 40 }), fc.constantFrom(...forms), (chosen, form) => {
        const left = randomMatrix(300, 70, "left", 0.4);
        const factor = form.transposeRight ? transposed(right) : right;
        const read = (matrix: Matrix) => (form.transposeLeft ? transposed(matrix) : matrix);
        const all = product(read(left), factor, { ...form, with: used });
        const some = product(read(takeRows(left, chosen)), factor, { ...form, with: used });
        expect(some.data).toEqual(takeRows(all, chosen).data);
      }),
      { numRuns: 20 },
    );
  });

  it("adds nothing for zeros of the left factor, even where the right one is not finite", () => {
    const left = { rows: 1, columns: 3, data: Float32Array.of(0, 2, -0) };
    const right = { rows: 3, columns: 1, data: Float32Array.of(Number.NaN, 3, Number.POSITIVE_INFINITY) };
    expect(product(left, right, { with: used }).data[0]).toBe(6);
    expect(product({ ...left, data: Float32Array.of(1, 0, 0) }, right, { with: used }).data[0]).toBeNaN();
  });

  it("refuses sizes that do not fit", () => {
    expect(() => product(createMatrix(2, 3), createMatrix(2, 3), { with: used })).toThrow(/2 x 3 .* 2 x 3/);
  });
});

describe("kernels", () => {
  it("are fused in every Node that this package runs in, unless portable ones are asked for", () => {
    for (const [wanted, portable] of [
      ["1", true],
      ["true", true],
      ["0", false],
      ["", false],
    ] as const) {
      vi.stubEnv("ASSAY_PORTABLE", wanted);
      expect(createKernels().portable, wanted).toBe(portable);
    }
    vi.stubEnv("ASSAY_PORTABLE", undefined);
    expect(createKernels().portable).toBe(false);
    expect(createKernels({ portable: true }).portable).toBe(true);
    vi.stubGlobal("ASSAY_PORTABLE", true);
    expect(createKernels().portable).toBe(true);
  });

  it("frees memory at the end of a run and gives much of it back", () => {
    const used = createKernels();
    const [first, inside, nested] = used.run((arena) => {
      const address = arena.allocate(100);
      return [address, arena.bytes, used.run((same) => same.allocate(1000))];
    });
    expect(nested).toBeGreaterThan(first);
    expect(used.run((arena) => arena.allocate(100))).toBe(first);
    used.run((arena) => arena.allocate(100_000_000));
    expect(used.run((arena) => arena.bytes)).toBe(inside);
  });

  it("frees memory after a failure and says when there is not enough", () => {
    const used = createKernels();
    const first = used.run((arena) => arena.allocate(8));
    expect(() => used.run((arena) => arena.allocate(6e9))).toThrow(/6001 MB of memory/);
    expect(used.run((arena) => arena.allocate(8))).toBe(first);
  });
});
