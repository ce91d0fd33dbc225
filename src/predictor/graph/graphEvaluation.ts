import type { Arena } from "../../kernels/arena.js";
import { codeNumbers } from "./codeKeys.js";
import { WIDTH } from "./graphNetwork.js";
import { appendLinks, type GraphLinks, type LinkReader, type Links, selfLinks } from "./links.js";
import type { SharedRows } from "./sharedRows.js";
import { readGroups, type TrainedAttention, type TrainedGraphs, type TrainedGroup } from "./trainedGroups.js";

/** Graphs that go through the network at a time, a multiple of four. */
const GRAPHS_AT_A_TIME = 32;
/** Bytes of a row, and of one of both directions. */
const ROW = 4 * WIDTH;
const PAIR = 2 * ROW;

/** Byte addresses of links. */
interface LinkAddresses {
  readonly starts: number;
  readonly entries: number;
}

/** Byte addresses of what graphs share. */
interface SharedFeatures {
  /** Rows of the second group. */
  readonly features: number;
  /** Of the groups that come next, query, key and value, or the third: the sides of their rows along the edges and against them. */
  readonly sides: readonly (readonly number[])[];
  /** The row of the second group that each vertex has. */
  readonly places: number;
  /** Its two sides. */
  readonly sidePlaces: number;
}

/** Writes the codes of graphs: `codeNumbers(codeLength)` numbers for each. */
export type CodeWriter = (target: Float32Array, first: number, count: number) => void;

/**
 * A trained network at work. The first two groups go through the rows that graphs share, what follows through each graph, some at
 * a time. What comes out for a graph depends on that graph only, to the last bit.
 */
export class GraphEvaluation {
  readonly #arena: Arena;
  readonly #trained: TrainedGraphs;
  readonly #groups: ReturnType<typeof readGroups>;
  readonly #reader: LinkReader;
  readonly #links: LinkAddresses;
  readonly #neighbours: LinkAddresses;
  /** Whose links they are. */
  readonly #linked: GraphLinks[] = [];
  readonly #own: LinkAddresses;
  readonly #codes: number;
  readonly #product: number;
  readonly #query: number;
  readonly #key: number;
  readonly #value: number;
  readonly #rows: number;
  readonly #embedding: number;
  readonly #shares: number;
  readonly #common: number;
  readonly #scratch: number;
  readonly #means: number;

  constructor(arena: Arena, trained: TrainedGraphs, reader: LinkReader) {
    this.#arena = arena;
    this.#trained = trained;
    this.#groups = readGroups(arena, trained);
    this.#reader = reader;
    const { vertices } = trained.shape;
    const rows = GRAPHS_AT_A_TIME * vertices;
    const entries = rows * (vertices + 1);
    const allocate = (count: number): number => arena.allocate(4 * count);
    const links = (): LinkAddresses => ({ starts: allocate(2 * rows + 1), entries: allocate(entries) });
    [this.#links, this.#neighbours] = [links(), links()];
    this.#codes = allocate(GRAPHS_AT_A_TIME * codeNumbers(trained.codeLength));
    this.#product = allocate(rows * 2 * WIDTH);
    [this.#query, this.#key, this.#value] = [rows, rows, rows].map((count) => allocate(count * WIDTH));
    [this.#rows, this.#embedding] = [rows, rows].map((count) => allocate(count * WIDTH));
    this.#shares = allocate(entries);
    this.#common = allocate(rows);
    this.#scratch = allocate(vertices + 8 + 2 * WIDTH);
    this.#means = allocate(rows);
    this.#own = this.#placeLinks(selfLinks(rows));
  }

  /**
   * The outputs of the graphs that share rows, before the sigmoid.
   *
   * @param writeCodes absent for coarse outputs
   */
  outputs(chosen: ArrayLike<number>, shared: SharedRows, writeCodes: CodeWriter | undefined): Float64Array {
    const { vertices } = this.#trained.shape;
    const top = this.#arena.top;
    const features = this.#share(shared);
    const outputs = new Float64Array(shared.graphs);
    for (let first = 0; first < shared.graphs; first += GRAPHS_AT_A_TIME) {
      const count = Math.min(GRAPHS_AT_A_TIME, shared.graphs - first);
      this.#link(chosen, first, count);
      this.#embed(features, first, count);
      if (writeCodes !== undefined) {
        const numbers = codeNumbers(this.#trained.codeLength);
        writeCodes(this.#arena.floats(this.#codes, count * numbers), first, count);
        this.#fuse(count);
      }
      this.#arena.functions.averageRows(this.#embedding, count, vertices, WIDTH, this.#means);
      const means = this.#arena.floats(this.#means, count * vertices);
      const { head, bias } = this.#groups;
      for (let graph = 0; graph < count; graph++) {
        let output = bias;
        for (let vertex = 0; vertex < vertices; vertex++) output += head[vertex] * means[vertex * count + graph];
        outputs[first + graph] = output;
      }
    }
    this.#arena.release(top);
    return outputs;
  }

  #view({ starts, entries }: LinkAddresses, startCount: number, entryCount: number): Links {
    return { starts: this.#arena.integers(starts, startCount), entries: this.#arena.integers(entries, entryCount) };
  }

  #place(numbers: Int32Array): number {
    const address = this.#arena.allocate(numbers.byteLength);
    this.#arena.integers(address, numbers.length).set(numbers);
    return address;
  }

  #placeLinks({ starts, entries }: Links): LinkAddresses {
    return { starts: this.#place(starts), entries: this.#place(entries) };
  }

  /** What graphs share: the first group, the second, and the sides of those that follow. */
  #share({ first, second, rowOf, sides, sidesOf }: SharedRows): SharedFeatures {
    const arena = this.#arena;
    const { nsam, third, ...groups } = this.#groups;
    const next = nsam === undefined ? [third] : [...new Set([nsam.query, nsam.key, nsam.value])];
    const [firstLinks, secondLinks] = [this.#placeLinks(first.links), this.#placeLinks(second.links)];
    const sideLinks = sides.map(({ links }) => this.#placeLinks(links));
    const [places, sidePlaces] = [this.#place(rowOf), this.#place(sidesOf)];
    const firstFeatures = arena.allocate(ROW * even(first.count));
    const features = arena.allocate(ROW * even(second.count));
    const product = arena.allocate(PAIR * even(Math.max(first.count, second.count)));
    this.#activate(groups.first.weights, groups.first, firstLinks, first.count, firstFeatures);
    this.#multiply(firstFeatures, first.count, groups.second, product);
    this.#activate(product, groups.second, secondLinks, second.count, features);
    const { activateRows } = arena.functions;
    const activated = next.map((group) => {
      this.#multiply(features, second.count, group, product);
      return sides.map(({ count }, direction) => {
        const target = arena.allocate(ROW * count);
        const { starts, entries } = sideLinks[direction];
        const [source, folded] = [product + ROW * direction, group.sides[direction]];
        activateRows(source, PAIR, starts, entries, count, WIDTH, 1, folded, 0.5, target, this.#scratch);
        return target;
      });
    });
    return { features, sides: activated, places, sidePlaces };
  }

  /** Writes the links of some graphs among their own rows. */
  #link(chosen: ArrayLike<number>, first: number, count: number): void {
    const { vertices } = this.#trained.shape;
    const rows = count * vertices;
    const entries = rows * (vertices + 1);
    const links = this.#view(this.#links, 2 * rows + 1, entries);
    const neighbours = this.#view(this.#neighbours, 2 * rows + 1, entries);
    let isKnown = true;
    for (let graph = 0; graph < count; graph++) {
      const own = this.#reader.linksOf(chosen[first + graph]);
      // As long as all graphs are linked as those before in their places, so are their rows.
      isKnown &&= this.#linked[graph] === own;
      if (isKnown) continue;
      this.#linked[graph] = own;
      appendLinks(own.vertices, graph * vertices, links);
      appendLinks(own.neighbours, graph * vertices, neighbours);
    }
  }

  /** From what is shared to the embedding. */
  #embed({ features, sides, places, sidePlaces }: SharedFeatures, first: number, count: number): void {
    const { nsam, third } = this.#groups;
    const { vertices } = this.#trained.shape;
    const rows = count * vertices;
    const before = 4 * first * vertices;
    const targets = nsam === undefined ? [this.#embedding] : [this.#query, this.#key, this.#value];
    for (const [i, [along, against]] of sides.entries()) {
      this.#arena.functions.joinSides(along, against, sidePlaces + 2 * before, rows, WIDTH, targets[i]);
    }
    if (nsam === undefined) return;
    this.#attend(nsam, features, places + before, count);
    this.#group(this.#rows, nsam.end, rows, this.#embedding);
    this.#group(this.#embedding, third, rows, this.#embedding);
  }

  /** From the coarse embedding to the fine one. */
  #fuse(count: number): void {
    const { functions } = this.#arena;
    const { shape, released } = this.#trained;
    const codes = this.#groups.codes!;
    const fusion = this.#groups.fusion!;
    const rows = count * shape.vertices;
    // As many numbers as rows of one direction.
    const outputs = shape.vertices * WIDTH;
    this.#multiply(this.#codes, count, codes, this.#product, outputs);
    const { starts, entries } = this.#own;
    const { folded } = codes;
    functions.activateRows(this.#product, ROW, starts, entries, rows, WIDTH, 1, folded, 1, this.#rows, this.#scratch);
    this.#group(this.#rows, fusion.key, rows, this.#key);
    this.#group(this.#embedding, fusion.query, rows, this.#query);
    if (!released) this.#group(this.#embedding, fusion.value, rows, this.#value);
    this.#attend(fusion, this.#embedding, 0, count);
    this.#group(this.#rows, fusion.end, rows, this.#embedding);
  }

  /** Adds to features, which lie at the given places, what is paid heed to. */
  #attend({ query, value }: TrainedAttention, features: number, places: number, count: number): void {
    const links = this.#trained.released ? [this.#links, this.#links] : [this.#neighbours];
    for (const [direction, { starts, entries }] of links.entries()) {
      this.#arena.functions.attend(
        this.#query,
        this.#key,
        value === query ? this.#query : this.#value,
        direction === 0 ? features : this.#rows,
        direction === 0 ? places : 0,
        WIDTH,
        count,
        this.#trained.shape.vertices,
        starts,
        entries,
        direction,
        this.#rows,
        this.#shares,
        this.#common,
        this.#scratch,
      );
    }
  }

  #group(source: number, group: TrainedGroup, rows: number, target: number): void {
    this.#multiply(source, rows, group, this.#product);
    this.#activate(this.#product, group, this.#links, rows, target);
  }

  #multiply(
    source: number,
    rows: number,
    { weights, channels }: TrainedGroup,
    target: number,
    outputs = 2 * WIDTH,
  ): void {
    const row = 4 * channels;
    this.#arena.functions.multiplyRows(source, row, 4, even(rows), channels, weights, outputs, target, 0);
  }

  #activate(product: number, { folded }: TrainedGroup, links: LinkAddresses, rows: number, target: number): void {
    const { starts, entries } = links;
    const { functions } = this.#arena;
    functions.activateRows(product, PAIR, starts, entries, rows, WIDTH, 2, folded, 0.5, target, this.#scratch);
  }
}

function even(rows: number): number {
  return 2 * Math.ceil(rows / 2);
}
