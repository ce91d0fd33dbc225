import type { Generator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";

/** Draws of which the strata are made. */
const DRAWS = 1_000;

/**
 * Architectures from all costs above a limit: random draws are ordered by cost (by the mean of their places, where there are
 * several costs), the cheapest are left out, the others are cut into `strata` equal parts, and one is drawn from each. A space
 * without costs gives random draws.
 *
 * @param cheapest the share of the space that is left out, from 0 to below 1
 * @returns for each stratum, cheapest first, its members in random order
 */
export function drawStrata(
  space: SearchSpace,
  strata: number,
  cheapest: number,
  generator: Generator,
): readonly (readonly Architecture[])[] {
  const drawn = Array.from({ length: Math.max(DRAWS, 20 * strata) }, () => space.sample(generator));
  const places = meanPlaces(space, drawn);
  // The sort keeps the random order of draws that cost the same.
  const ordered = places === undefined ? drawn : orderBy(drawn, places);
  const kept = places === undefined ? ordered : ordered.slice(Math.floor(cheapest * ordered.length));
  return Array.from({ length: strata }, (_, stratum) => {
    const members = kept.slice(
      Math.floor((stratum * kept.length) / strata),
      Math.floor(((stratum + 1) * kept.length) / strata),
    );
    return generator.choose(members.length, members.length).map((place) => members[place]);
  });
}

function orderBy(drawn: readonly Architecture[], values: Float64Array): Architecture[] {
  return Array.from(drawn.keys())
    .sort((a, b) => values[a] - values[b])
    .map((row) => drawn[row]);
}

/** For each architecture the mean over all costs of its place; equal costs share the place of the first. */
function meanPlaces(space: SearchSpace, architectures: readonly Architecture[]): Float64Array | undefined {
  const view = space.views.cost;
  const metrics = view?.metrics.length ?? 0;
  if (view === undefined || metrics === 0) return undefined;
  const costs = architectures.map((architecture) => {
    const values = new Float64Array(metrics);
    view.write(architecture, values);
    return values;
  });
  const places = new Float64Array(architectures.length);
  for (let metric = 0; metric < metrics; metric++) {
    const sorted = Array.from(costs.keys()).sort((a, b) => costs[a][metric] - costs[b][metric]);
    let place = 0;
    for (let i = 0; i < sorted.length; i++) {
      if (i > 0 && costs[sorted[i]][metric] !== costs[sorted[i - 1]][metric]) place = i;
      places[sorted[i]] += place;
    }
  }
  return places;
}
