import { describe, expect, it } from "vitest";
import { encodeAll } from "../../encoding/index.js";
import { kernels } from "../../kernels/kernels.js";
import { createMatrix, type Matrix, takeRows } from "../../kernels/matrix.js";
import { createGenerator } from "../../random/index.js";
import { createNasBench201 } from "../../space/index.js";
import { Evidence } from "./evidence.js";
import { type DistanceGroup, groupsOf } from "./groups.js";
import { parametersOf, ThetaPrior } from "./parameters.js";
import { createGaussianProcess, type GaussianProcess } from "./process.js";

/** The first column after the header of `mixedRows`. */
const FIRST = 17;

/** A group of numbers, a group of one-hot columns, a sparse group, and a group of columns of the first two, as the encoding `views` writes them. */
function mixedRows(count: number, name: string): Matrix {
  const generator = createGenerator("mixed rows").split(name);
  const header = [0, FIRST, 3, 1, 0, FIRST + 3, 8, 1, 1, FIRST + 11, 12, 1, 0, FIRST + 1, 4, 0.25];
  const rows = createMatrix(count, FIRST + 3 + 8 + 12);
  for (let row = 0; row < count; row++) {
    rows.data.set([-4, ...header], row * rows.columns);
    const data = rows.data.subarray(row * rows.columns + FIRST, (row + 1) * rows.columns);
    for (let column = 0; column < 3; column++) data[column] = 0.4 * generator.normal();
    data[3 + generator.integer(4)] = 0.8;
    data[7 + generator.integer(4)] = 0.8;
    let place = 11;
    for (let column = 0; column < 20 && place < 23; column++) {
      if (generator.uniform() < 0.75) continue;
      data[place++] = column;
      data[place++] = Math.abs(generator.normal()) * 0.4;
    }
    while (place < 23) data[place++] = place % 2 === 0 ? -1 : 0;
  }
  return rows;
}

function labelsOf(rows: Matrix): Float64Array {
  const generator = createGenerator("labels");
  return Float64Array.from({ length: rows.rows }, (_, row) => {
    const at = (column: number) => rows.data[row * rows.columns + FIRST + column];
    return 1.5 * at(0) - at(1) * at(1) + at(3) + 0.5 * at(8) + 0.1 * generator.normal();
  });
}

function fresh(rows: Matrix, interaction = false): GaussianProcess {
  return createGaussianProcess({ groups: groupsOf(rows), columns: rows.columns, interaction });
}

function fitted(rows: Matrix, labels: Float64Array, iterations = 8, interaction = false): GaussianProcess {
  const process = fresh(rows, interaction);
  process.add(rows);
  process.fit(labels, { iterations });
  return process;
}

function coordinates({ kind, start, width }: DistanceGroup, rows: Matrix, row: number): Map<number, number> {
  const own = row * rows.columns + start;
  const found = new Map<number, number>();
  for (let place = 0; place < width; place += kind === "sparse" ? 2 : 1) {
    if (kind === "dense") found.set(place, rows.data[own + place]);
    else if (rows.data[own + place] >= 0) found.set(rows.data[own + place], rows.data[own + place + 1]);
  }
  return found;
}

function covarianceOf(left: Matrix, i: number, right: Matrix, j: number, process: GaussianProcess): number {
  const { amplitudes, rates, interaction } = parametersOf(process.theta, 4);
  let together = 0;
  const apart = groupsOf(left).reduce((sum, group, number) => {
    const [one, other] = [coordinates(group, left, i), coordinates(group, right, j)];
    let distance = 0;
    for (const column of new Set([...one.keys(), ...other.keys()])) {
      const difference = (one.get(column) ?? 0) - (other.get(column) ?? 0);
      distance += difference * difference;
    }
    together += distance * group.scale * (interaction?.rates[number] ?? 0);
    return sum + amplitudes[number] * Math.exp(-distance * group.scale * rates[number]);
  }, 0);
  return interaction === undefined ? apart : apart + interaction.amplitude * Math.exp(-together);
}

/** Mean and covariance by the plainest elimination. */
function reference(process: GaussianProcess, known: Matrix, labels: Float64Array, pool: Matrix) {
  const { noise, variance } = parametersOf(process.theta, 4);
  const system = Array.from({ length: known.rows }, (_, i) => [
    ...Array.from({ length: known.rows }, (_, j) => covarianceOf(known, i, known, j, process)),
    ...Array.from({ length: pool.rows }, (_, j) => covarianceOf(known, i, pool, j, process)),
    labels[i],
  ]);
  system.forEach((row, i) => {
    row[i] += noise + 1e-8 * variance;
  });
  const sides = Array.from({ length: pool.rows }, (_, j) => system.map((row) => row[known.rows + j]));
  for (let i = 0; i < known.rows; i++) {
    for (let other = 0; other < known.rows; other++) {
      if (other === i) continue;
      const share = system[other][i] / system[i][i];
      for (let k = i; k < system[i].length; k++) system[other][k] -= share * system[i][k];
    }
  }
  const solved = (k: number) => system.map((row, i) => row[k] / row[i]);
  const weights = solved(known.rows + pool.rows);
  const product = (left: number[], right: number[]) => left.reduce((sum, value, i) => sum + value * right[i], 0);
  return {
    mean: sides.map((side) => product(side, weights)),
    covariance: (i: number, j: number) =>
      covarianceOf(pool, i, pool, j, process) - product(sides[i], solved(known.rows + j)),
  };
}

function worst(given: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < given.length; i++) largest = Math.max(largest, Math.abs(given[i] - expected[i]));
  return largest;
}

function all(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

describe("the density of labels and parameters", () => {
  it.each([false, true])("has the gradient of its differences, interaction: %s", (interaction) => {
    for (const count of [1, 2, 7, 40]) {
      const rows = mixedRows(count, "gradient");
      const process = fresh(rows, interaction);
      process.add(rows);
      const prior = new ThetaPrior(4, {}, interaction);
      const generator = createGenerator("theta");
      const theta = prior.means.map((value) => value + 0.5 * generator.normal());
      const observations = groupsOf(rows).map((group) => {
        const distances: number[] = [];
        for (let i = 0; i < count; i++) {
          for (let j = 0; j < i; j++) {
            const [one, other] = [coordinates(group, rows, i), coordinates(group, rows, j)];
            const columns = new Set([...one.keys(), ...other.keys()]);
            const squares = [...columns].map((c) => ((one.get(c) ?? 0) - (other.get(c) ?? 0)) ** 2);
            distances.push(squares.reduce((sum, square) => sum + square, 0) * group.scale);
          }
        }
        return Float64Array.from(distances);
      });
      kernels().run((arena) => {
        const evidence = new Evidence(arena, observations, labelsOf(rows), prior);
        const { gradient, value } = evidence.evaluate(theta);
        process.theta = theta;
        process.condition(labelsOf(rows));
        expect(value).toBeCloseTo(-process.logDensity, 8);
        for (let i = 0; i < theta.length; i++) {
          const moved = (step: number) =>
            evidence.evaluate(theta.map((component, j) => component + (i === j ? step : 0))).value;
          expect((moved(1e-5) - moved(-1e-5)) / 2e-5).toBeCloseTo(gradient[i], 5);
        }
      });
    }
  });

  it("grows while the parameters are learnt", () => {
    const rows = mixedRows(50, "growth");
    const densities = [0, 2, 10, 30].map((iterations) => fitted(rows, labelsOf(rows), iterations).logDensity);
    for (let i = 1; i < densities.length; i++) expect(densities[i]).toBeGreaterThanOrEqual(densities[i - 1]);
    expect(densities[2]).toBeGreaterThan(densities[0] + 1);
  });
});

describe("what is said of a pool", () => {
  it.each([
    [1, false],
    [2, false],
    [33, false],
    [60, false],
    [2, true],
    [33, true],
    [60, true],
  ])("is what the plain formula says, with %i observations, interaction: %s", (count, interaction) => {
    const known = mixedRows(count, "known");
    const pool = mixedRows(45, "pool");
    const labels = labelsOf(known);
    const process = fitted(known, labels, 8, interaction);
    const { mean, variance } = process.predict(pool);
    const joint = process.joint(pool, all(45));
    const expected = reference(process, known, labels, pool);
    const scale = process.priorVariance;
    expect(worst(mean, expected.mean)).toBeLessThan(1e-5 * scale);
    expect(
      worst(
        variance,
        expected.mean.map((_, i) => expected.covariance(i, i)),
      ),
    ).toBeLessThan(1e-5 * scale);
    expect(worst(joint.mean, expected.mean)).toBeLessThan(1e-9 * scale);
    const covariances = expected.mean.flatMap((_, i) => expected.mean.map((_, j) => expected.covariance(i, j)));
    expect(worst(joint.covariance, covariances)).toBeLessThan(1e-9 * scale);
    expect(process.mean(pool)).toEqual(mean);
  });

  it.each([1, 1e5])("is known at the observations without a prediction, labels in a unit of %d", (unit) => {
    const known = mixedRows(40, "known");
    const process = fitted(
      known,
      labelsOf(known).map((label) => unit * label),
    );
    const predicted = process.among(known, all(40)).mean;
    for (const [row, mean] of process.observedMeans().entries()) {
      expect(Math.abs(mean - predicted[row])).toBeLessThan(1e-10 * unit);
    }
  });

  it("is the same for chosen rows, and agrees with their covariance", () => {
    const known = mixedRows(41, "known");
    const pool = mixedRows(70, "pool");
    const process = fitted(known, labelsOf(known));
    const whole = process.predict(pool);
    const chosen = [69, 3, 3, 40];
    const part = process.predict(pool, chosen);
    expect([...part.mean]).toEqual(chosen.map((row) => whole.mean[row]));
    expect([...part.variance]).toEqual(chosen.map((row) => whole.variance[row]));
    const { covariance } = process.joint(pool, chosen);
    const diagonal = chosen.map((_, i) => covariance[i * chosen.length + i]);
    expect(worst(part.variance, diagonal)).toBeLessThan(1e-5 * process.priorVariance);
    expect(covariance[1]).toBe(covariance[chosen.length]);
  });
});

describe("observations that come bit by bit", () => {
  it("lead to the same, to the last bit, as all at once", () => {
    const known = mixedRows(90, "known");
    const pool = mixedRows(40, "pool");
    const labels = labelsOf(known);
    const expected = fitted(known, labels);
    for (const sizes of [[90], [1, 1, 2, 3, 83], [32, 5, 40, 13]]) {
      const process = fresh(known);
      process.theta = expected.theta;
      let first = 0;
      for (const size of sizes) {
        process.add(
          takeRows(
            known,
            all(size).map((row) => first + row),
          ),
        );
        first += size;
        process.condition(labels.slice(0, first));
        process.predict(pool);
      }
      process.add(mixedRows(7, "others"));
      process.condition(new Float64Array(97));
      process.truncate(90);
      process.condition(labels);
      expect(process.predict(pool)).toEqual(expected.predict(pool));
      expect(process.joint(pool, all(40))).toEqual(expected.joint(pool, all(40)));
      expect(process.logDensity).toBe(expected.logDensity);
    }
  });

  // The covariance of 600 is made in pieces.
  it.each([
    [50, 31],
    [600, 411],
  ])("lead to the same with an interaction: %d, of which %d come first", (count, first) => {
    const known = mixedRows(count, "known");
    const pool = mixedRows(40, "pool");
    const labels = labelsOf(known);
    const expected = fitted(known, labels, 8, true);
    const process = fresh(known, true);
    process.theta = expected.theta;
    process.add(takeRows(known, all(first)));
    process.condition(labels.slice(0, first));
    process.add(
      takeRows(
        known,
        all(count - first).map((row) => first + row),
      ),
    );
    process.condition(labels);
    expect(process.predict(pool)).toEqual(expected.predict(pool));
  });

  it("keep the parameters of nearly as many, beyond 300", () => {
    const known = mixedRows(330, "many");
    const labels = labelsOf(known);
    const process = fresh(known);
    process.add(takeRows(known, all(305)));
    process.fit(labels.slice(0, 305), { iterations: 3 });
    const { theta } = process;
    process.add(
      takeRows(
        known,
        all(10).map((row) => 305 + row),
      ),
    );
    process.fit(labels.slice(0, 315));
    expect(process.theta).toEqual(theta);
    process.add(
      takeRows(
        known,
        all(15).map((row) => 315 + row),
      ),
    );
    process.fit(labels);
    expect(process.theta).not.toEqual(theta);
  });
});

describe("an interaction", () => {
  it("explains labels in which one group changes what another means", () => {
    const known = mixedRows(120, "known");
    const pool = mixedRows(200, "pool");
    const labelled = (rows: Matrix) =>
      Float64Array.from({ length: rows.rows }, (_, row) => {
        const at = (column: number) => rows.data[row * rows.columns + FIRST + column];
        return at(0) * (at(3) > 0 ? 4 : -4);
      });
    const labels = labelled(known);
    const [apart, together] = [false, true].map((interaction) => fitted(known, labels, 30, interaction));
    expect(together.logDensity).toBeGreaterThan(apart.logDensity + 5);
    const truth = labelled(pool);
    const errors = [apart, together].map((process) =>
      process.mean(pool).reduce((sum, mean, row) => sum + (mean - truth[row]) ** 2, 0),
    );
    expect(errors[1]).toBeLessThan(0.8 * errors[0]);
  });
});

describe("limits", () => {
  const pool = mixedRows(50, "pool");
  function checkFinite(process: GaussianProcess): void {
    const { mean, variance } = process.predict(pool);
    const joint = process.joint(pool, all(10));
    for (const values of [mean, variance, joint.mean, joint.covariance, [process.noise, process.logDensity]]) {
      expect(values.every(Number.isFinite)).toBe(true);
    }
    expect(variance.every((value) => value >= 0)).toBe(true);
  }

  it("hold for one point, equal points and constant labels", () => {
    checkFinite(fitted(mixedRows(1, "one"), Float64Array.of(0)));
    checkFinite(fitted(mixedRows(1, "one"), Float64Array.of(3), 50));
    const equal = takeRows(mixedRows(3, "equal"), Array(60).fill(1));
    checkFinite(fitted(equal, new Float64Array(60)));
    checkFinite(
      fitted(
        equal,
        new Float64Array(60).map((_, i) => i % 2),
        50,
      ),
    );
    checkFinite(fitted(mixedRows(40, "constant"), new Float64Array(40).fill(5), 50));
  });

  it("hold for labels of any size, and predictions have their unit", () => {
    const known = mixedRows(40, "known");
    const labels = labelsOf(known);
    const { mean, variance } = fitted(
      known,
      labels.map((label) => label * 1e6),
    ).predict(pool);
    const small = fitted(
      known,
      labels.map((label) => label * 1e-9),
    ).predict(pool);
    expect(
      worst(
        mean.map((value) => value / 1e6),
        small.mean.map((value) => value * 1e9),
      ),
    ).toBeLessThan(1e-6);
    expect(
      worst(
        variance.map((value) => value / 1e12),
        small.variance.map((value) => value * 1e18),
      ),
    ).toBeLessThan(1e-6);
    for (const scale of [1e-300, 1e-20, 1e20, 1e150]) {
      const process = fitted(
        known,
        labels.map((label) => label * scale),
      );
      expect(process.predict(pool).mean.every(Number.isFinite)).toBe(true);
    }
  });

  it("hold without noise for equal and nearly equal points, which still rank", () => {
    const known = mixedRows(60, "known");
    for (let row = 50; row < 60; row++) {
      known.data.copyWithin(row * known.columns, (row - 50) * known.columns, (row - 49) * known.columns);
      known.data[row * known.columns + FIRST] += row < 55 ? 0 : 1e-4;
    }
    const labels = Float64Array.from({ length: 60 }, (_, row) => known.data[row * known.columns + FIRST]);
    const process = fresh(known);
    process.add(known);
    for (const noise of [1e-6, 1e-12]) {
      const theta = process.theta;
      theta[theta.length - 1] = Math.log(noise);
      process.theta = theta;
      process.condition(labels);
      checkFinite(process);
      expect(worst(process.mean(known), labels)).toBeLessThan(1e-4);
      const joint = process.joint(known, all(60));
      expect(worst(joint.mean, labels)).toBeLessThan(1e-4);
      const { mean, variance } = process.predict(pool);
      const expected = process.among(pool, all(50));
      expect(worst(mean, expected.mean)).toBeLessThan(1e-6);
      expect(worst(variance, expected.variance)).toBeLessThan(1e-6);
    }
  });

  it("hold for parameters far from everything, and for 700 points", () => {
    const known = mixedRows(40, "known");
    const process = fresh(known);
    process.add(known);
    for (const value of [-1e3, -30, 30, 1e3]) {
      process.theta = process.theta.fill(value);
      process.condition(labelsOf(known));
      checkFinite(process);
    }
    const many = mixedRows(700, "many");
    checkFinite(fitted(many, labelsOf(many), 1));
  });

  it("refuse what is wrong, in a sentence", () => {
    const process = fresh(pool);
    expect(() => process.fit(new Float64Array(0))).toThrow(/no observations/);
    expect(() => process.mean(pool)).toThrow(/before it was conditioned/);
    expect(() => process.add(createMatrix(2, 3))).toThrow(/made for 40 columns/);
    process.add(pool);
    expect(() => process.fit(Float64Array.of(1))).toThrow(/50 observations and got 1 labels/);
    expect(() => process.fit(new Float64Array(50).fill(Number.NaN))).toThrow(/not finite/);
    expect(() => {
      process.theta = Float64Array.of(1);
    }).toThrow(/9 finite numbers/);
  });
});

describe("the encoding views", () => {
  it("lets it learn NAS-Bench-201 FLOPs from a few cells", () => {
    const space = createNasBench201();
    const rows = encodeAll(space, "views");
    const chosen = createGenerator("cells").shuffle(all(15_625)).slice(0, 60);
    const known = takeRows(rows, chosen);
    const [, summary] = groupsOf(rows);
    const label = (row: number) => rows.data[row * rows.columns + summary.start];
    const process = fitted(known, Float64Array.from(chosen, label));
    const mean = process.mean(rows);
    let error = 0;
    for (let row = 0; row < rows.rows; row++) error += (mean[row] - label(row)) ** 2;
    expect(error / rows.rows).toBeLessThan(0.1);
  });
});
