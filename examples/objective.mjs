/**
 * Stands for a training: an accuracy in percent for an architecture of my-space.yaml, made up but of a real kind. More FLOPs
 * help less and less, inverted bottlenecks use them best, the right dropout grows with the number of weights, and each
 * architecture has its own luck of up to 0.3 points. The same architecture always gets the same accuracy.
 *
 * A real one would start the training here, and stop it when `signal` is aborted.
 *
 * @param {import("assay-nas").Candidate} candidate
 */
export async function evaluate({ architecture, parameters, cost }) {
  const { stages, depth, block, kernel, expansion, attention, activation, norm, groups, dropout } = parameters;
  const capacity = Math.log(1 + cost.flops / 1e6);
  let accuracy = 78 + 4.2 * capacity - 0.35 * capacity * capacity;
  accuracy += { convolution: -2.5, depthwise: 0, inverted: 0.8 }[block];
  if (block === "inverted") accuracy -= expansion === 4 ? 0 : 0.6;
  if (attention === "squeeze") accuracy += 0.7;
  accuracy -= { 3: 0.4, 5: 0, 7: 0.5 }[kernel];
  accuracy -= 0.3 * Math.abs(stages - 3) + 0.5 * Math.abs(depth - 2.5);
  accuracy += activation === "swish" ? 0.5 : 0;
  if (norm === "group") accuracy -= groups === 8 ? 0.3 : 0.6;
  const bestDropout = Math.min(0.4, cost.params / 1e6);
  accuracy -= 12 * (dropout - bestDropout) ** 2;
  const validation = accuracy + 0.3 * luck(`validation ${architecture}`);
  return { label: round(validation), test: round(accuracy + 0.3 * luck(`test ${architecture}`)) };
}

/** A number from -1 to 1 that depends on the text only. */
function luck(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash ^= hash >>> 13;
  return (hash >>> 0) / 2 ** 31 - 1;
}

function round(accuracy) {
  return Math.round(accuracy * 100) / 100;
}
