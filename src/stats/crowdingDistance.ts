/**
 * How much room each point of a front has: the distance between its neighbours in each objective, as a share of the objective's range,
 * summed (Deb et al. 2002). The ends of an objective have infinite room; an objective in which all are equal gives none.
 *
 * @param points a value for each objective each
 * @example
 * crowdingDistance([[0, 4], [1, 2], [4, 0]]); // [Infinity, 2, Infinity]
 */
export function crowdingDistance(points: readonly ArrayLike<number>[]): Float64Array {
  const room = new Float64Array(points.length);
  const objectives = points[0]?.length ?? 0;
  for (let objective = 0; objective < objectives; objective++) {
    const order = Array.from(points.keys()).sort((a, b) => points[a][objective] - points[b][objective]);
    const least = points[order[0]][objective];
    const range = points[order[order.length - 1]][objective] - least;
    if (!(range > 0)) continue;
    order.forEach((i, place) => {
      const isEnd = place === 0 || place === order.length - 1;
      if (isEnd) room[i] = Number.POSITIVE_INFINITY;
      else room[i] += (points[order[place + 1]][objective] - points[order[place - 1]][objective]) / range;
    });
  }
  return room;
}
