import { AssayError } from "../../errors.js";
import { rectify } from "../../nn/activation.js";
import { averagePlaces } from "../../nn/averaging.js";
import { convolution } from "../../nn/convolution.js";
import { dense } from "../../nn/dense.js";
import { add } from "../../nn/joining.js";
import { pooling } from "../../nn/pooling.js";
import type { Tensor } from "../../nn/tensor.js";
import type { Architecture } from "../../space/contract.js";
import { CONVOLUTION_1X1, CONVOLUTION_3X3, EDGES, NODES, NONE, SKIP } from "../../space/nasbench201/cell.js";
import type { CellNetwork, CellNetworkContext } from "./cellNetwork.js";

/**
 * The network of NAS-Bench-201 (Dong and Yang 2020): a 3x3 convolution, stages of equal cells, residual blocks of stride 2
 * between the stages, global pooling, a linear classifier. A convolution is rectified before and normalised behind. What no operation
 * reaches is not built: a cell without a path gives zeros.
 */
export const nasbench201Network: CellNetwork = (context, image, architecture, { channels, cells, stages, classes }) => {
  const { builder, normalise, afterCell } = context;
  checkSize(image, stages);
  let features = normalise(convolution(builder, image, { outputs: channels }));
  for (let stage = 0; stage < stages; stage++) {
    if (stage > 0) features = afterCell(residualBlock(context, features, channels << stage));
    for (let number = 0; number < cells; number++) {
      const { channels: width, height, width: columns } = features;
      features = cell(context, features, architecture) ?? builder.input(width, height, columns);
      features = afterCell(features);
    }
  }
  const last = rectify(builder, normalise(features));
  return dense(builder, averagePlaces(builder, last), { outputs: classes });
};

/** Where a side is odd, the pooled and the convolved image of a residual block would differ in size. */
function checkSize({ height, width }: Tensor, stages: number): void {
  const factor = 2 ** (stages - 1);
  if (height % factor === 0 && width % factor === 0) return;
  throw new AssayError(
    "bad-option",
    `Images of ${height} x ${width} cannot be halved ${stages - 1} times, as the trainer does between ${stages} stages of nasbench201.`,
    "Use fewer stages, or images whose sides can be halved that often.",
  );
}

/** Each node is the sum of its edges; undefined where nothing reaches the last. */
function cell(context: CellNetworkContext, input: Tensor, architecture: Architecture): Tensor | undefined {
  const nodes: (Tensor | undefined)[] = [input];
  const reachesOutput = usefulNodes(architecture);
  for (let node = 1; node < NODES; node++) {
    const terms: Tensor[] = [];
    for (const [edge, [from, to]] of EDGES.entries()) {
      const source = nodes[from];
      if (to !== node || source === undefined || !reachesOutput[node]) continue;
      const term = applyOperation(context, source, architecture[edge]);
      if (term !== undefined) terms.push(term);
    }
    nodes.push(terms.length === 0 ? undefined : terms.length === 1 ? terms[0] : add(context.builder, terms));
  }
  return nodes[NODES - 1];
}

/** Nodes from which an operation leads to the output. */
function usefulNodes(architecture: Architecture): boolean[] {
  const useful = Array.from({ length: NODES }, (_, node) => node === NODES - 1);
  for (let node = NODES - 2; node >= 0; node--) {
    useful[node] = EDGES.some(([from, to], edge) => from === node && useful[to] && architecture[edge] !== NONE);
  }
  return useful;
}

function applyOperation(context: CellNetworkContext, source: Tensor, operation: number): Tensor | undefined {
  const { builder, normalise } = context;
  switch (operation) {
    case NONE:
      return undefined;
    case SKIP:
      return source;
    case CONVOLUTION_1X1:
    case CONVOLUTION_3X3:
      return normalise(
        convolution(builder, rectify(builder, source), {
          outputs: source.channels,
          window: operation === CONVOLUTION_3X3 ? 3 : 1,
        }),
      );
    default:
      return pooling(builder, source, { kind: "average", window: 3, stride: 1, padding: 1 });
  }
}

function residualBlock({ builder, normalise }: CellNetworkContext, input: Tensor, outputs: number): Tensor {
  const first = normalise(convolution(builder, rectify(builder, input), { outputs, stride: 2 }));
  const second = normalise(convolution(builder, rectify(builder, first), { outputs }));
  const pooled = pooling(builder, input, { kind: "average", window: 2, stride: 2 });
  return add(builder, [second, convolution(builder, pooled, { outputs, window: 1 })]);
}
