import { type ConformanceCase, check } from "../conformance.js";
import { AssayError } from "../errors.js";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "./catalogue.js";
import { Guarded, keyOf } from "./conformanceProbes.js";
import { viewCases } from "./conformanceViews.js";
import type { Architecture, SearchSpace } from "./contract.js";
import { drawUnseen } from "./draw.js";

/** What a space promises beyond the contract, and how thoroughly it is tried. */
export interface SpaceConformanceOptions {
  /** `mutate` always returns one of the `neighbours`. Default true. */
  readonly mutantsAreNeighbours?: boolean;
  /** If b is a neighbour of a, then a is a neighbour of b. Default true. */
  readonly symmetricNeighbours?: boolean;
  /** What `canonical` does to costs. Default "keeps". */
  readonly canonicalCost?: "keeps" | "never raises" | "changes";
  /** Architectures that are drawn for each property. Default 100. */
  readonly samples?: number;
}

/**
 * The suite that every search space passes. It needs no test framework: each case throws where the space is wrong.
 *
 * @example
 * for (const { name, skip, run } of spaceConformance(createMySpace())) if (skip === undefined) it(name, run);
 */
export function spaceConformance(space: SearchSpace, options: SpaceConformanceOptions = {}): ConformanceCase[] {
  const {
    mutantsAreNeighbours = true,
    symmetricNeighbours = true,
    canonicalCost = "keeps",
    samples: sampleCount = 100,
  } = options;
  const { enumeration, views } = space;
  const root = createGenerator("space conformance");
  const sampling = root.split("samples");
  let drawnOnce: Architecture[] | undefined;
  const samples = (): Architecture[] => {
    drawnOnce ??= Array.from({ length: sampleCount }, () => space.sample(sampling));
    return drawnOnce;
  };
  const checkMember = (architecture: Architecture, what: string): void => {
    check(architecture instanceof Int32Array, `${what} is no Int32Array`);
    check(architecture.length === space.genes, `${what} has ${architecture.length} genes instead of ${space.genes}`);
    if (enumeration === undefined) space.canonical(architecture);
    else check(enumeration.indexOf(architecture) >= 0, `${what} is not listed: ${architecture.join(",")}`);
  };
  const checkUnchanged = (call: (architecture: Architecture) => unknown): void => {
    for (const architecture of samples()) {
      const before = keyOf(architecture);
      call(architecture);
      check(keyOf(architecture) === before, `an architecture was changed: ${before}`);
    }
  };

  return [
    {
      name: "has a name, a description and a size",
      run() {
        check(space.name !== "" && space.description !== "", "name or description is empty");
        check(space.size > 0n, `size is ${space.size}`);
        if (enumeration !== undefined) check(BigInt(enumeration.size) === space.size, "enumeration has another size");
      },
    },
    {
      name: "samples members, the same ones from the same seed",
      run() {
        const first = createGenerator(5);
        const second = createGenerator(5);
        for (let i = 0; i < sampleCount; i++) {
          const sample = space.sample(first);
          checkMember(sample, "a sample");
          check(keyOf(sample) === keyOf(space.sample(second)), "a sample depends on more than the generator");
        }
        if (space.size >= 1000n) check(new Set(samples().map(keyOf)).size > 1, "all samples are equal");
      },
    },
    {
      name: "samples uniformly",
      ...(enumeration === undefined ? { skip: "the space cannot be listed" } : {}),
      run() {
        const { size, indexOf } = enumeration!;
        const bins = Math.min(size, 200);
        const counts = new Float64Array(bins);
        const expected = 100;
        const generator = root.split("uniform");
        let weighted = 0;
        for (let draw = 0; draw < expected * bins; draw++) {
          counts[Math.floor((indexOf(space.sample(generator)) * bins) / size)]++;
        }
        for (let bin = 0; bin < bins; bin++) {
          const inBin = Math.ceil(((bin + 1) * size) / bins) - Math.ceil((bin * size) / bins);
          const fair = (expected * bins * inBin) / size;
          weighted += (counts[bin] - fair) ** 2 / fair;
        }
        const limit = bins - 1 + 5 * Math.sqrt(2 * bins) + 5;
        check(weighted <= limit, `chi-square ${weighted.toFixed(1)} over ${bins} bins exceeds ${limit.toFixed(1)}`);
      },
    },
    {
      name: "prints architectures so that they are read again",
      run() {
        for (const architecture of samples()) {
          const text = space.format(architecture);
          check(text.trim() === text && !text.includes("\n"), `not one trimmed line: ${JSON.stringify(text)}`);
          check(keyOf(space.parse(text)) === keyOf(architecture), `reads back differently: ${text}`);
        }
        checkUnchanged((architecture) => space.format(architecture));
      },
    },
    {
      name: "refuses nonsense with an AssayError",
      run() {
        const text = space.format(samples()[0]);
        for (const nonsense of ["", " ", "nonsense", text.slice(0, -1), `${text}${text}`, `\u0000${text}`]) {
          let found: string | undefined;
          try {
            found = space.format(space.parse(nonsense));
          } catch (error) {
            check(error instanceof AssayError, `${JSON.stringify(nonsense)} throws another kind of error: ${error}`);
          }
          check(found === undefined, `${JSON.stringify(nonsense)} was read as ${found}`);
        }
      },
    },
    {
      name: "mutates into a different member, depending on the generator only",
      ...(space.size < 2n ? { skip: "there is nothing to mutate into" } : {}),
      run() {
        const first = createGenerator(6);
        const second = createGenerator(6);
        for (const architecture of samples()) {
          const mutant = space.mutate(architecture, first);
          checkMember(mutant, "a mutant");
          check(keyOf(mutant) !== keyOf(architecture), "a mutant equals its parent");
          check(
            keyOf(mutant) === keyOf(space.mutate(architecture, second)),
            "a mutant depends on more than the generator",
          );
          if (!mutantsAreNeighbours) continue;
          const neighbours = space.neighbours(architecture).map(keyOf);
          check(neighbours.includes(keyOf(mutant)), `a mutant is no neighbour: ${space.format(mutant)}`);
        }
        checkUnchanged((architecture) => space.mutate(architecture, first));
      },
    },
    {
      name: "lists neighbours once each, in a fixed order",
      run() {
        for (const architecture of samples()) {
          const neighbours = space.neighbours(architecture);
          const keys = neighbours.map(keyOf);
          check(new Set(keys).size === keys.length, "a neighbour is listed twice");
          check(!keys.includes(keyOf(architecture)), "an architecture is its own neighbour");
          check(
            keys.join(";") === space.neighbours(architecture).map(keyOf).join(";"),
            "the order of neighbours changes",
          );
          for (const neighbour of neighbours) checkMember(neighbour, "a neighbour");
        }
        checkUnchanged((architecture) => space.neighbours(architecture));
      },
    },
    {
      name: "has symmetric neighbours",
      ...(symmetricNeighbours ? {} : { skip: "edits of this space cannot all be undone in one step" }),
      run() {
        for (const architecture of samples().slice(0, 10)) {
          for (const neighbour of space.neighbours(architecture)) {
            const back = space.neighbours(neighbour).map(keyOf);
            const text = `${space.format(architecture)} -> ${space.format(neighbour)}`;
            check(back.includes(keyOf(architecture)), `there is no way back: ${text}`);
          }
        }
      },
    },
    {
      name: "canonicalises once and for all",
      run() {
        const costs = views.cost;
        const before = new Float64Array(costs?.metrics.length ?? 0);
        const after = before.slice();
        for (const architecture of samples()) {
          const canonical = space.canonical(architecture);
          checkMember(canonical, "a canonical form");
          check(keyOf(space.canonical(canonical)) === keyOf(canonical), "canonical is not idempotent");
          if (costs === undefined || canonicalCost === "changes") continue;
          costs.write(architecture, before);
          costs.write(canonical, after);
          const right = before.every((cost, i) => (canonicalCost === "keeps" ? after[i] === cost : after[i] <= cost));
          check(right, `the canonical form costs ${after.join(", ")} instead of ${before.join(", ")}`);
        }
        checkUnchanged((architecture) => space.canonical(architecture));
      },
    },
    {
      name: "lists canonical forms only, where it says so",
      ...(enumeration?.isCanonical === true ? {} : { skip: "it does not say so" }),
      run() {
        check(space.distinct === undefined, "a list of canonical forms has no use for distinct");
        const architecture = new Int32Array(space.genes);
        const { size, write } = enumeration!;
        for (let i = 0; i < sampleCount; i++) {
          write(Math.floor((i * size) / sampleCount), architecture);
          check(keyOf(space.canonical(architecture)) === keyOf(architecture), "a listed architecture is not canonical");
        }
      },
    },
    {
      name: "merges in distinct whatever canonical merges",
      ...(space.distinct === undefined ? { skip: "canonical is all there is" } : {}),
      run() {
        const distinct = space.distinct!;
        for (const architecture of samples()) {
          const merged = distinct(architecture);
          checkMember(merged, "a distinct form");
          check(keyOf(distinct(merged)) === keyOf(merged), "distinct is not idempotent");
          const canonical = keyOf(distinct(space.canonical(architecture)));
          check(canonical === keyOf(merged), `distinct tells equal architectures apart: ${space.format(architecture)}`);
        }
        checkUnchanged(distinct);
      },
    },
    {
      name: "numbers the architectures it lists",
      ...(enumeration === undefined ? { skip: "the space cannot be listed" } : {}),
      run() {
        const { size, write, indexOf } = enumeration!;
        const guarded = new Guarded(Int32Array, space.genes);
        const seen = new Set<string>();
        const step = Math.max(1, Math.floor(size / 20_000));
        let visited = 0;
        for (let index = 0; index < size; index += step, visited++) {
          write(index, guarded.inner);
          check(indexOf(guarded.inner) === index, `architecture ${index} has the index ${indexOf(guarded.inner)}`);
          seen.add(keyOf(guarded.inner));
        }
        check(seen.size === visited, "two indices give the same architecture");
        guarded.verify("enumeration.write");
        check(indexOf(new Int32Array(space.genes).fill(0x7fffffff)) === -1, "genes out of range have an index");
        check(indexOf(new Int32Array(space.genes).fill(-1)) === -1, "negative genes have an index");
      },
    },
    {
      name: "is drawn from without repetition",
      run() {
        const catalogue = createCatalogue(space);
        const generator = root.split("unseen");
        const first = drawUnseen(catalogue, sampleCount, () => false, generator);
        const seen = new Set(first);
        check(seen.size === first.length, "an architecture was drawn twice");
        check(BigInt(first.length) === min(BigInt(sampleCount), space.size), `${first.length} were drawn`);
        for (const id of drawUnseen(catalogue, sampleCount, (candidate) => seen.has(candidate), generator)) {
          check(!seen.has(id), "a seen architecture was drawn");
          checkMember(catalogue.at(id), "a drawn architecture");
        }
      },
    },
    ...viewCases(space, samples, checkUnchanged),
  ];
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
