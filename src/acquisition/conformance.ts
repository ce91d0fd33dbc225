import { type ConformanceCase, check } from "../conformance.js";
import type { Prediction } from "../predictor/contract.js";
import { createGenerator } from "../random/index.js";
import type { Acquisition, AcquisitionDefinition, AcquisitionInput } from "./contract.js";

/**
 * What every acquisition must keep, independent of any test framework.
 *
 * @example
 * for (const check of acquisitionConformance(myDefinition)) it(check.name, () => check.run());
 */
export function acquisitionConformance(
  definition: AcquisitionDefinition,
  options: Readonly<Record<string, unknown>> = {},
): ConformanceCase[] {
  const create = (): Acquisition => definition.create(definition.options.parse(options));

  function verify(input: AcquisitionInput): Int32Array {
    const before = JSON.stringify([input.prediction, [...input.eligible]]);
    const chosen = create().select(input);
    const eligible = new Set(input.eligible);
    const expected = Math.min(input.count, input.eligible.length);
    check(chosen.length === expected, `chose ${chosen.length} of ${input.eligible.length} instead of ${expected}`);
    check(new Set(chosen).size === chosen.length, `chose a row twice: ${chosen}`);
    check(
      chosen.every((row) => eligible.has(row)),
      `chose a row that is not eligible: ${chosen}`,
    );
    check(JSON.stringify([input.prediction, [...input.eligible]]) === before, "changed its input");
    return chosen;
  }

  return [
    {
      name: "chooses eligible rows only, none twice, as many as asked for",
      run() {
        for (const count of [1, 3, 7, 40]) {
          for (const eligible of [range(30), range(30).filter((row) => row % 3 === 1), Int32Array.of(29), range(0)]) {
            verify(inputOf(predict(30), { count, eligible }));
          }
        }
        check(verify(inputOf(predict(30), { count: 0 })).length === 0, "chose without being asked");
      },
    },
    {
      name: "chooses the same with the same generator",
      run() {
        for (let seed = 0; seed < 5; seed++) {
          const [first, second] = [0, 1].map(() => verify(inputOf(predict(50), { count: 5, seed })).join(","));
          check(first === second, `seed ${seed} gave ${first}, then ${second}`);
        }
      },
    },
    {
      name: "prefers a candidate that every prediction holds for far better",
      run() {
        const prediction = predict(200, (row, value) => (row === 77 ? value + 1000 : value));
        let taken = 0;
        for (let seed = 0; seed < 20; seed++) {
          if (verify(inputOf(prediction, { count: 100, seed })).includes(77)) taken++;
        }
        check(taken === 20, `took the clear favourite among 100 of 200 only ${taken} times of 20`);
      },
    },
    {
      name: "works without any label, with ties, without deviation and with NaN",
      run() {
        verify(inputOf(predict(30), { best: Number.NEGATIVE_INFINITY }));
        verify(inputOf(predict(30, () => 1)));
        const certain = predict(30);
        verify(inputOf({ ...certain, standardDeviation: new Float64Array(30) }));
        verify(inputOf({ ...certain, standardDeviation: new Float64Array(30) }, { best: 1e9 }));
        const broken = predict(30, (row, value) => (row % 2 === 0 ? Number.NaN : value));
        const chosen = verify(inputOf(broken, { count: 15 }));
        check(chosen.length === 15, "gave up at NaN");
        verify(inputOf(predict(30, () => Number.NaN)));
      },
    },
  ];
}

function inputOf(
  prediction: Prediction,
  changes: { count?: number; eligible?: Int32Array; best?: number; seed?: number } = {},
): AcquisitionInput {
  const { count = 4, eligible = range(prediction.mean.length), best = 0.5, seed = 1 } = changes;
  return { prediction, eligible, count, best, generator: createGenerator(seed) };
}

/** A prediction of three members with everything that an acquisition may need. */
function predict(rows: number, change: (row: number, value: number) => number = (_, value) => value): Prediction {
  const generator = createGenerator("prediction");
  const members = [0, 1, 2].map(() => Float64Array.from({ length: rows }, (_, row) => change(row, generator.normal())));
  const mean = Float64Array.from(range(rows), (row) => (members[0][row] + members[1][row] + members[2][row]) / 3);
  const standardDeviation = Float64Array.from(range(rows), (row) =>
    Math.sqrt(members.reduce((sum, member) => sum + (member[row] - mean[row]) ** 2, 0) / 3),
  );
  return { mean, standardDeviation, members };
}

function range(length: number): Int32Array {
  return Int32Array.from({ length }, (_, row) => row);
}
