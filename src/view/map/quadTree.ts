/** Points that share a square smaller than this share of the whole are not told apart. */
const DEEPEST = 24;

/** A tree of squares over points in the plane (Barnes and Hut 1986), in flat arrays. */
export class QuadTree {
  readonly #places: Float64Array;
  /** First of four children of each node; 0: none. */
  #children = new Int32Array(1024);
  #count = new Int32Array(1024);
  #sumX = new Float64Array(1024);
  #sumY = new Float64Array(1024);
  #width = new Float64Array(1024);
  #nodes = 1;
  #stack = new Int32Array(4 * DEEPEST + 8);

  /** @param places x and y of each point, one after the other */
  constructor(places: Float64Array) {
    this.#places = places;
    let [left, right, bottom, top] = [places[0], places[0], places[1], places[1]];
    for (let i = 0; i < places.length; i += 2) {
      left = Math.min(left, places[i]);
      right = Math.max(right, places[i]);
      bottom = Math.min(bottom, places[i + 1]);
      top = Math.max(top, places[i + 1]);
    }
    const width = Math.max(right - left, top - bottom, 1e-9);
    this.#width[0] = width;
    for (let point = 0; 2 * point < places.length; point++) this.#insert(point, left, bottom, width);
  }

  #insert(point: number, left: number, bottom: number, width: number): void {
    const x = this.#places[2 * point];
    const y = this.#places[2 * point + 1];
    let node = 0;
    let side = width;
    let [originX, originY] = [left, bottom];
    for (let depth = 0; ; depth++) {
      const before = this.#count[node]++;
      const [lastX, lastY] = [this.#sumX[node], this.#sumY[node]];
      this.#sumX[node] += x;
      this.#sumY[node] += y;
      if (before === 0 || depth === DEEPEST) return;
      side /= 2;
      if (this.#children[node] === 0) {
        this.#split(node, side);
        // Whoever was alone here moves down; points that nothing tells apart stay together.
        const child = this.#children[node] + quadrant(lastX / before, lastY / before, originX + side, originY + side);
        this.#count[child] = before;
        this.#sumX[child] = lastX;
        this.#sumY[child] = lastY;
      }
      const part = quadrant(x, y, originX + side, originY + side);
      if ((part & 1) === 1) originX += side;
      if (part >= 2) originY += side;
      node = this.#children[node] + part;
    }
  }

  #split(node: number, side: number): void {
    if (this.#nodes + 4 > this.#count.length) this.#grow();
    this.#children[node] = this.#nodes;
    for (let i = 0; i < 4; i++) this.#width[this.#nodes++] = side;
  }

  #grow(): void {
    const size = 2 * this.#count.length;
    const copy = <List extends Int32Array | Float64Array>(from: List, into: List): List => {
      into.set(from);
      return into;
    };
    this.#children = copy(this.#children, new Int32Array(size));
    this.#count = copy(this.#count, new Int32Array(size));
    this.#sumX = copy(this.#sumX, new Float64Array(size));
    this.#sumY = copy(this.#sumY, new Float64Array(size));
    this.#width = copy(this.#width, new Float64Array(size));
  }

  /**
   * The push of all points on one, by weights 1 / (1 + d²): writes its two parts, squared weights times differences, and the sum of the
   * weights.
   *
   * @param closeness squares narrower than this share of their distance count as one point
   */
  repulsion(point: number, closeness: number, found: Float64Array): void {
    const x = this.#places[2 * point];
    const y = this.#places[2 * point + 1];
    // Fields are slow to reach in so tight a loop.
    const counts = this.#count;
    const sumsX = this.#sumX;
    const sumsY = this.#sumY;
    const widths = this.#width;
    const children = this.#children;
    const stack = this.#stack;
    const limit = closeness * closeness;
    let [forceX, forceY, total] = [0, 0, 0];
    let depth = 0;
    stack[depth++] = 0;
    while (depth > 0) {
      const node = stack[--depth];
      const count = counts[node];
      if (count === 0) continue;
      const awayX = x - sumsX[node] / count;
      const awayY = y - sumsY[node] / count;
      const square = awayX * awayX + awayY * awayY;
      const width = widths[node];
      const child = children[node];
      if (child === 0 || width * width < limit * square) {
        const weight = 1 / (1 + square);
        const heavy = count * weight;
        total += heavy;
        forceX += heavy * weight * awayX;
        forceY += heavy * weight * awayY;
        continue;
      }
      for (let i = 0; i < 4; i++) stack[depth++] = child + i;
    }
    found[0] = forceX;
    found[1] = forceY;
    // Without the point itself, which weighs 1.
    found[2] = total - 1;
  }
}

function quadrant(x: number, y: number, middleX: number, middleY: number): number {
  return (x >= middleX ? 1 : 0) + (y >= middleY ? 2 : 0);
}
