import { describe, expect, test } from "vitest";
import { bindEncoding, encode } from "../../encoding/index.js";
import { createGenerator } from "../../random/index.js";
import { createCatalogue } from "../../space/catalogue.js";
import type { SearchSpace } from "../../space/contract.js";
import { createNasBench201 } from "../../space/index.js";
import { createGridSpace } from "../conformanceSpace.js";
import { createFeatureSource } from "../features.js";
import { createHistory } from "../history.js";
import { MixtureModel, type MixtureOptions } from "./mixture.js";
import { ENCODING } from "./model.js";

const usual: MixtureOptions = { emphasis: false, experience: true, without: "nothing", mixture: true };
const nasbench201 = createNasBench201();
const pathNames = bindEncoding(nasbench201, "path-counts").columnNames;

/** Random architectures of a space with what they are worth. */
function searched(space: SearchSpace, count: number, worth: (text: string, position: number) => number) {
  const catalogue = createCatalogue(space);
  const history = createHistory(catalogue);
  const generator = createGenerator("mixture");
  while (history.size < count) {
    const id = catalogue.idOf(space.sample(generator));
    if (history.has(id)) continue;
    history.propose(id);
    history.observe([{ architecture: id, label: worth(space.format(catalogue.at(id)), history.size) }]);
  }
  return { history, features: createFeatureSource(catalogue) };
}

const convolutions = (text: string): number => text.split("nor_conv_3x3").length - 1;
/** Only a pooling behind a convolution is worth anything. */
const order = (text: string): number => {
  const paths = encode(nasbench201, "path-counts", [nasbench201.parse(text)]).data;
  return pathNames.reduce(
    (sum, name, column) => sum + (/conv.*>avg_pool/.test(name) ? Math.sqrt(paths[column]) : 0),
    0,
  );
};

describe("the mixture of models", () => {
  test("believes the model without paths where counts tell all, and the other one where the order does", () => {
    const whatTells = (worth: (text: string) => number): readonly number[] => {
      const { history, features } = searched(nasbench201, 60, worth);
      const { members } = new MixtureModel(history, features, usual).fit()!;
      expect(members.some(({ tellsTwins }) => tellsTwins)).toBe(false);
      return members.map(({ fitted }) => fitted.groups.length);
    };
    expect(whatTells(convolutions)[0]).toBe(3);
    expect(whatTells(order)[0]).toBe(4);
  });

  test("believes the model of what is written where operations count that change nothing", () => {
    // Edges 3, 4 and 5 lead to the output; what they read may be zero, and then the cell computes the same without them.
    const executed = (text: string): number =>
      (
        text
          .split("+")
          .at(-1)!
          .match(/conv|pool/g) ?? []
      ).length;
    const { history, features } = searched(nasbench201, 60, executed);
    const [{ fitted, weight, tellsTwins }] = new MixtureModel(history, features, usual).fit()!.members;
    expect(weight).toBeGreaterThan(0.9);
    expect(tellsTwins).toBe(true);
    const twins = ["|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|"];
    twins.push("|none~0|+|none~0|none~1|+|nor_conv_3x3~0|avg_pool_3x3~1|none~2|");
    const rows = encode(
      nasbench201,
      ENCODING,
      twins.map((text) => nasbench201.parse(text)),
    );
    const [one, two] = fitted.process.mean(rows);
    expect(two).toBeGreaterThan(one);
    const [seenWithout] = new MixtureModel(history, features, { ...usual, mixture: false }).fit()!.members;
    expect(seenWithout.tellsTwins).toBe(false);
    const [same, other] = seenWithout.fitted.process.mean(rows);
    expect(other).toBe(same);
  });

  test("is the same in a search that is resumed, after every number of labels", () => {
    const { history, features } = searched(nasbench201, 8, convolutions);
    const model = new MixtureModel(history, features, usual);
    const generator = createGenerator("later");
    const { space } = history.catalogue;
    while (history.size < 56) {
      const id = history.catalogue.idOf(space.sample(generator));
      if (history.has(id)) continue;
      history.propose(id);
      const label = convolutions(space.format(history.catalogue.at(id)));
      history.observe([{ architecture: id, label: history.size === 30 ? Number.NaN : label }]);
      if (history.size % 4 > 0) continue;
      expect(new MixtureModel(history, features, usual).fit()!.means).toEqual(model.fit()!.means);
    }
  });

  test("has weights that sum to 1, the largest first, and means that lie between those of its members", () => {
    const { history, features } = searched(nasbench201, 12, (text, i) => convolutions(text) + 0.3 * Math.sin(7 * i));
    const { members, means } = new MixtureModel(history, features, usual).fit()!;
    const weights = members.map(({ weight }) => weight);
    expect(weights.length).toBeGreaterThanOrEqual(2);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    means.forEach((mean, i) => {
      const said = members.map(({ fitted }) => fitted.means[i]);
      expect(mean).toBeGreaterThanOrEqual(Math.min(...said) - 1e-12);
      expect(mean).toBeLessThanOrEqual(Math.max(...said) + 1e-12);
    });
    for (const { fitted, best } of members) expect(best).toBe(Math.max(...fitted.means));
  });

  test("is one model where it is switched off, where a view is left out, and where there are no paths", () => {
    const cells = searched(nasbench201, 12, convolutions);
    for (const changed of [{ mixture: false }, { without: "paths" }, { without: "summary" }]) {
      const { members, means } = new MixtureModel(cells.history, cells.features, { ...usual, ...changed }).fit()!;
      expect(members.map(({ weight }) => weight)).toEqual([1]);
      expect(means).toEqual(members[0].fitted.means);
    }
    const unwritten = new MixtureModel(cells.history, cells.features, { ...usual, without: "written" }).fit()!;
    expect(unwritten.members.map(({ fitted }) => fitted.groups.length).toSorted()).toEqual([3, 4]);
    const single = searched(createGridSpace(1, 20, true), 12, (_, i) => i);
    expect(new MixtureModel(single.history, single.features, usual).fit()!.members).toHaveLength(1);
  });

  test("believes that parameters count apart, where there is no graph and only two of five tell anything, and only together", () => {
    const worth = (text: string): number => {
      const [first, second] = text.split("-").map(Number);
      return -Math.abs(first - second);
    };
    const { history, features } = searched(createGridSpace(5, 4, true), 60, worth);
    const [first] = new MixtureModel(history, features, usual).fit()!.members;
    expect(first.weight).toBeGreaterThan(0.9);
    expect(first.fitted.groups).toHaveLength(5);
    const { members } = new MixtureModel(history, features, { ...usual, mixture: false }).fit()!;
    expect(members[0].fitted.process.logDensity).toBeLessThan(first.fitted.process.logDensity);
  });

  test("is fitted once for the same labels, and not at all without one", () => {
    const { history, features } = searched(nasbench201, 12, convolutions);
    const model = new MixtureModel(history, features, usual);
    expect(model.fit()).toBe(model.fit());
    const nothing = searched(nasbench201, 0, convolutions);
    expect(new MixtureModel(nothing.history, nothing.features, usual).fit()).toBeUndefined();
  });

  test("goes on with one model after 300 labels, the same in a search that is resumed", () => {
    const { history, features } = searched(nasbench201, 300, convolutions);
    const model = new MixtureModel(history, features, usual);
    const together = model.fit()!;
    const { space } = history.catalogue;
    const generator = createGenerator("more");
    while (history.size < 303) {
      const id = history.catalogue.idOf(space.sample(generator));
      if (history.has(id)) continue;
      history.propose(id);
      // A failure and a pending trial are no labels.
      if (history.size === 301) history.observe([{ architecture: id, label: Number.NaN }]);
      if (history.size === 303) history.observe([{ architecture: id, label: 1 }]);
    }
    const alone = model.fit()!;
    expect(alone.members).toHaveLength(1);
    expect(alone.evaluated).toHaveLength(301);
    expect(alone.members[0].fitted.groups).toEqual(together.members[0].fitted.groups);
    expect(new MixtureModel(history, features, usual).fit()!.means).toEqual(alone.means);
  });
});
