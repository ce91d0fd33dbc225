import { type ConformanceCase, check } from "../conformance.js";
import { Guarded, keyOf } from "./conformanceProbes.js";
import type { Architecture, GraphView, SearchSpace } from "./contract.js";

/** The part of the suite that looks at the views of a space. */
export function viewCases(
  { views }: SearchSpace,
  samples: () => readonly Architecture[],
  checkUnchanged: (call: (architecture: Architecture) => unknown) => void,
): ConformanceCase[] {
  return [
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
    graphCase("graph", views.graph, samples, checkUnchanged),
    graphCase("network", views.network, samples, checkUnchanged),
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
}

function graphCase(
  viewName: "graph" | "network",
  view: GraphView | undefined,
  samples: () => readonly Architecture[],
  checkUnchanged: (call: (architecture: Architecture) => unknown) => void,
): ConformanceCase {
  return {
    name: `writes a ${viewName} whose edges point forward, inside the buffers`,
    ...(view === undefined ? { skip: `the space has no ${viewName}` } : {}),
    run() {
      const { maximumVertices: size, operations, zeroOperations, identityOperations, write } = view!;
      const first = viewName === "graph" ? ["input"] : [];
      for (const name of [...first, "output", ...zeroOperations, ...identityOperations]) {
        check(operations.includes(name), `there is no operation "${name}"`);
      }
      const adjacency = new Guarded(Uint8Array, size * size);
      const vertexOperations = new Guarded(Uint8Array, size);
      const graph = { vertices: 0, adjacency: adjacency.inner, operations: vertexOperations.inner };
      for (const architecture of samples()) {
        adjacency.inner.fill(7);
        vertexOperations.inner.fill(7);
        write(architecture, graph);
        adjacency.verify(`${viewName}.write`);
        vertexOperations.verify(`${viewName}.write`);
        const { vertices } = graph;
        check(vertices >= 2 && vertices <= size, `${vertices} vertices`);
        check(first.length === 0 || operations[graph.operations[0]] === "input", "the first vertex is not the input");
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
  };
}
