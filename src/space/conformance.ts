import { AssayError } from "../errors.js";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "./catalogue.js";
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

/** One property of the suite. `run` throws an Error that says what was wrong; `skip` says why it does not apply. */
export interface ConformanceCase {
  readonly name: string;
  readonly skip?: string;
  run(): void;
}

/**
 * The suite that every search space passes. It needs no test framework: each case throws where the space is wrong.
 *
 * @example
 * for (const { name, skip, run } of spaceConformance(createMySpace())) it.skipIf(skip !== undefined)(name, run);
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

  const cases: ConformanceCase[] = [
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
    {
      name: "writes parameters in range and inside the buffer",
      ...(views.parameters === undefined ? { skip: "the space has no parameters" } : {}),
      run() {
        const { parameters, write } = views.parameters!;
        check(new Set(parameters.map(({ name }) => name)).size === parameters.length, "two parameters have one name");
        const guarded = new Guarded(Int32Array, parameters.length);
        for (const architecture of samples()) {
          const clean = new Int32Array(parameters.length);
          write(architecture, clean);
          guarded.inner.fill(99);
          write(architecture, guarded.inner);
          guarded.verify("parameters.write");
          check(keyOf(clean) === keyOf(guarded.inner), "old values shine through");
          parameters.forEach(({ name, levels }, i) => {
            check(clean[i] >= -1 && clean[i] < levels.length, `level ${clean[i]} of ${name} is out of range`);
          });
        }
        checkUnchanged((architecture) => write(architecture, guarded.inner));
      },
    },
    {
      name: "writes a graph whose edges point forward, inside the buffers",
      ...(views.graph === undefined ? { skip: "the space has no graph" } : {}),
      run() {
        const { maximumVertices: size, operations, zeroOperations, identityOperations, write } = views.graph!;
        for (const name of ["input", "output", ...zeroOperations, ...identityOperations]) {
          check(operations.includes(name), `there is no operation "${name}"`);
        }
        const adjacency = new Guarded(Uint8Array, size * size);
        const vertexOperations = new Guarded(Uint8Array, size);
        const graph = { vertices: 0, adjacency: adjacency.inner, operations: vertexOperations.inner };
        for (const architecture of samples()) {
          adjacency.inner.fill(7);
          vertexOperations.inner.fill(7);
          write(architecture, graph);
          adjacency.verify("graph.write");
          vertexOperations.verify("graph.write");
          const { vertices } = graph;
          check(vertices >= 2 && vertices <= size, `${vertices} vertices`);
          check(operations[graph.operations[0]] === "input", "the first vertex is not the input");
          check(operations[graph.operations[vertices - 1]] === "output", "the last vertex is not the output");
          for (let vertex = 0; vertex < vertices; vertex++) {
            check(graph.operations[vertex] < operations.length, `vertex ${vertex} has no operation`);
          }
          adjacency.inner.forEach((edge, place) => {
            const from = Math.floor(place / size);
            const to = place % size;
            check(edge === 0 || edge === 1, `edge ${from}->${to} is ${edge}`);
            check(edge === 0 || (from < to && to < vertices), `edge ${from}->${to} among ${vertices} vertices`);
          });
        }
        checkUnchanged((architecture) => write(architecture, graph));
      },
    },
    {
      name: "writes costs inside the buffer",
      ...(views.cost === undefined ? { skip: "the space has no cost" } : {}),
      run() {
        const { metrics, write } = views.cost!;
        const guarded = new Guarded(Float64Array, metrics.length);
        for (const architecture of samples()) {
          guarded.inner.fill(Number.NaN);
          write(architecture, guarded.inner);
          guarded.verify("cost.write");
          metrics.forEach(({ name }, i) => {
            check(Number.isFinite(guarded.inner[i]), `${name} is ${guarded.inner[i]}`);
          });
        }
        checkUnchanged((architecture) => write(architecture, guarded.inner));
      },
    },
  ];
  return cases;
}

const GUARD = 77;
const GUARD_LENGTH = 8;

/** A buffer between two fences, to see whether anything was written outside. */
class Guarded<List extends Int32Array | Uint8Array | Float64Array> {
  readonly inner: List;
  readonly #whole: List;

  constructor(kind: new (length: number) => List, length: number) {
    this.#whole = new kind(length + 2 * GUARD_LENGTH);
    this.#whole.fill(GUARD);
    this.inner = this.#whole.subarray(GUARD_LENGTH, GUARD_LENGTH + length) as List;
  }

  verify(writer: string): void {
    const end = GUARD_LENGTH + this.inner.length;
    const broken = this.#whole.some((value, i) => (i < GUARD_LENGTH || i >= end) && value !== GUARD);
    check(!broken, `${writer} writes outside its buffer`);
  }
}

function keyOf(architecture: Int32Array): string {
  return architecture.join(",");
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
