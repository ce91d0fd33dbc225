import { AssayError } from "../../errors.js";
import { createMatrix, type Matrix, takeRows } from "../../kernels/matrix.js";
import { largest } from "../../kernels/topK.js";
import { predictorFor } from "../../predictor/index.js";
import { createGenerator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";
import { isRestricted, withoutLimits } from "../../space/index.js";
import type { MapFrame, MapView } from "../contract.js";
import type { TrialTable } from "../trialTable.js";
import { type Breath, createBreath } from "./breath.js";
import { MAP_PREDICTOR, mapEncoding } from "./fits.js";
import { rowsToFit } from "./knownLabels.js";
import { type Layout, layOut } from "./layout.js";
import { layoutKey } from "./layoutKey.js";
import type { LayoutStore } from "./layoutStore.js";
import { placeBetween } from "./placeBetween.js";
import { choosePoints, encodeSome, type MapPoints } from "./points.js";

/** Trials of a sampled space that are shown besides the sample: the first ones. */
const MOST_FURTHER = 5000;
const CANDIDATES = 100;
const MOST_FRAMES = 100;
/** Rows that are predicted in one go. */
const SLICE = 2000;

/** What maps of several studies share. */
export interface MapMakers {
  readonly store: LayoutStore | undefined;
  /** Layouts that are being made or were made, by key. */
  readonly layouts: Map<string, Promise<Layout>>;
  /** Calls the work off. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The map of one study: where its points stand, which trials they are, and what a model says of them. Limits of the study do not make the
 * map smaller: what they rule out is there, and never a candidate.
 */
export class StudyMap {
  /** With the limits of the study. */
  readonly #space: SearchSpace;
  readonly #encoding: string;
  readonly #makers: MapMakers;
  readonly #table: TrialTable;
  #points: Promise<MapPoints> | undefined;
  /** Point of each row of the table; -1 where it has none. */
  readonly #pointOfRow: number[] = [];
  /** Of trials that are not in the sample, one point each after those of the sample. */
  readonly #further: Architecture[] = [];
  readonly #furtherPoint = new Map<string, number>();
  #furtherRows: Matrix | undefined;
  readonly #furtherPlaces = new Map<string, Layout>();
  readonly #frames = new Map<string, MapFrame>();
  #turn: Promise<unknown> = Promise.resolve();

  /** Throws AssayError where there is no map of the space. */
  constructor(space: SearchSpace, table: TrialTable, makers: MapMakers) {
    const encoding = mapEncoding(space);
    if (encoding === undefined) throw new AssayError("no-map", `There is no map of ${space.name}: nothing encodes it.`);
    this.#space = space;
    this.#encoding = encoding;
    this.#table = table;
    this.#makers = makers;
  }

  /** Takes seconds where nobody has asked for a map of this space before. */
  async view(method: MapView["method"]): Promise<MapView> {
    // Not in turn: frames are made meanwhile.
    const layout = await this.#layout(await this.#inTurn((breathe) => this.#update(breathe)), method);
    return await this.#inTurn(async (breathe) => {
      const points = await this.#update(breathe);
      const placed = await this.#placeFurther(points, layout, method, breathe);
      const trial = new Array<number>(points.rows.rows + this.#further.length).fill(-1);
      for (const [row, point] of this.#pointOfRow.entries()) if (point >= 0) trial[point] = this.#table.number[row];
      return {
        method,
        size: withoutLimits(this.#space).size.toString(),
        isWhole: points.isWhole,
        ...(points.within === undefined ? {} : { within: points.within, excluded: this.#excluded(points) }),
        x: [...layout.x, ...placed.x],
        y: [...layout.y, ...placed.y],
        trial,
        decisions: this.#table.decision.at(-1) ?? 0,
        predictor: MAP_PREDICTOR,
      };
    });
  }

  /** The state after a decision. The points are those of `view`, whatever the method. */
  frame(decision: number): Promise<MapFrame> {
    return this.#inTurn(async (breathe) => {
      const points = await this.#update(breathe);
      const rows = rowsToFit(this.#table, decision, (row) => this.#pointOfRow[row] >= 0);
      const key = `${decision} ${rows.length} ${this.#further.length}`;
      const known = this.#frames.get(key);
      if (known !== undefined) return known;
      const frame = await this.#predict(points, rows, decision, breathe);
      if (this.#frames.size >= MOST_FRAMES) this.#frames.delete(this.#frames.keys().next().value!);
      this.#frames.set(key, frame);
      return frame;
    });
  }

  /** The architectures at points, which are those of `view`, from one on; fewer than `count` at the end. */
  architectures(from: number, count: number): Promise<Architecture[]> {
    return this.#inTurn(async (breathe) => {
      const points = await this.#update(breathe);
      const own = points.rows.rows;
      const length = Math.max(0, Math.min(count, own + this.#further.length - from));
      return Array.from({ length }, (_, i) => (from + i < own ? points.at(from + i) : this.#further[from + i - own]));
    });
  }

  /** Points that the limits rule out. Trials may be there: those of a warm start. */
  #excluded({ excluded = [], rows }: MapPoints): number[] {
    const space = this.#space;
    if (!isRestricted(space) || withoutLimits(space) === space) return [];
    const further = this.#further.flatMap((one, i) => (space.keeps(one) ? [] : [rows.rows + i]));
    return [...excluded, ...further];
  }

  /** One after the other: what is kept is added to. */
  #inTurn<Result>(act: (breathe: Breath) => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(() => act(createBreath(this.#makers.signal)));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Finds the points of new trials. */
  async #update(breathe: Breath): Promise<MapPoints> {
    this.#points ??= choosePoints(this.#space, this.#encoding, breathe);
    const points = await this.#points;
    const { architecture } = this.#table;
    for (let row = this.#pointOfRow.length; row < architecture.length; row++) {
      this.#pointOfRow.push(this.#findPoint(architecture[row], points));
      await breathe();
    }
    const missing = this.#further.slice(this.#furtherRows?.rows ?? 0);
    if (missing.length > 0) {
      const added = await encodeSome(this.#space, this.#encoding, missing, breathe);
      this.#furtherRows = this.#furtherRows === undefined ? added : stack(this.#furtherRows, added);
    }
    return points;
  }

  #findPoint(text: string, points: MapPoints): number {
    let architecture: Architecture;
    try {
      architecture = withoutLimits(this.#space).parse(text);
    } catch {
      // Of another version of the space.
      return -1;
    }
    const point = points.find(architecture);
    if (point >= 0 || points.isWhole) return point;
    const key = architecture.join(",");
    const further = this.#furtherPoint.get(key);
    if (further !== undefined) return further;
    if (this.#further.length === MOST_FURTHER) return -1;
    const added = points.rows.rows + this.#further.length;
    this.#further.push(architecture);
    this.#furtherPoint.set(key, added);
    return added;
  }

  async #layout({ rows }: MapPoints, method: MapView["method"]): Promise<Layout> {
    const { layouts, store, signal } = this.#makers;
    const key = await layoutKey(rows, method);
    let layout = layouts.get(key);
    if (layout === undefined) {
      layout = make();
      layouts.set(key, layout);
      layout.catch(() => layouts.delete(key));
    }
    return await layout;

    async function make(): Promise<Layout> {
      const kept = store?.read(key);
      if (kept?.x.length === rows.rows && kept.y.length === rows.rows) return kept;
      const made = await layOut(rows, method, createGenerator("map").split(method), createBreath(signal));
      store?.write(key, made);
      return made;
    }
  }

  async #placeFurther(
    { rows }: MapPoints,
    layout: Layout,
    method: MapView["method"],
    breathe: Breath,
  ): Promise<Layout> {
    const placed = this.#furtherPlaces.get(method) ?? { x: [], y: [] };
    const done = placed.x.length;
    if (this.#furtherRows === undefined || done === this.#furtherRows.rows) return placed;
    const missing = takeRows(
      this.#furtherRows,
      Array.from({ length: this.#furtherRows.rows - done }, (_, i) => done + i),
    );
    const added = await placeBetween(rows, layout, missing, breathe);
    const all = { x: [...placed.x, ...added.x], y: [...placed.y, ...added.y] };
    this.#furtherPlaces.set(method, all);
    return all;
  }

  async #predict(points: MapPoints, rows: readonly number[], decision: number, breathe: Breath): Promise<MapFrame> {
    if (rows.length === 0) return { decision, predicted: null, candidates: [] };
    const all = this.#furtherRows === undefined ? points.rows : stack(points.rows, this.#furtherRows);
    const { predictor } = predictorFor(this.#space, MAP_PREDICTOR);
    const labels = Float64Array.from(rows, (row) => this.#table.label[row]!);
    const features = takeRows(
      all,
      rows.map((row) => this.#pointOfRow[row]),
    );
    await predictor.fit(features, labels, createGenerator("map").split(decision));
    const predicted = new Float64Array(all.rows);
    for (let start = 0; start < all.rows; start += SLICE) {
      const count = Math.min(SLICE, all.rows - start);
      const part = {
        rows: count,
        columns: all.columns,
        data: all.data.subarray(start * all.columns, (start + count) * all.columns),
      };
      predicted.set((await predictor.predict(part)).mean, start);
      await breathe();
    }
    const isClosed = new Uint8Array(all.rows);
    for (const point of this.#excluded(points)) isClosed[point] = 1;
    for (const [row, point] of this.#pointOfRow.entries())
      if (point >= 0 && this.#table.decision[row] <= decision) isClosed[point] = 1;
    const open = Int32Array.from(isClosed.keys()).filter((point) => isClosed[point] === 0);
    return {
      decision,
      predicted: Array.from(predicted, (value) => Number(value.toPrecision(6))),
      candidates: Array.from(largest(predicted, CANDIDATES, open)),
    };
  }
}

function stack(first: Matrix, second: Matrix): Matrix {
  const joined = createMatrix(first.rows + second.rows, first.columns);
  joined.data.set(first.data);
  joined.data.set(second.data, first.data.length);
  return joined;
}
