import { expect, test } from "vitest";
import { cellNetworkOf } from "./buildable.js";
import { checkTraining } from "./checkTraining.js";
import { trainableSpaces } from "./trainable.js";

test("what can be trained passes, and there is a network for each space", () => {
  for (const name of trainableSpaces) {
    checkTraining(name, "hard-digits", { epochs: 3, proxies: "synflow+naswot" });
    expect(cellNetworkOf({ name } as Parameters<typeof cellNetworkOf>[0])).toBeTypeOf("function");
  }
});

test.each([
  ["nasbench101", "digits", {}, "cannot build networks of the space nasbench101"],
  ["nasbench201", "digit", {}, 'There is no data set "digit"'],
  ["nasbench201", "idx:folders=x", {}, 'idx has no option "folders"'],
  ["nasbench201", "digits", { epochs: 0 }, 'Option "epochs" of trainer'],
  ["nasbench201", "digits", { proxies: "synflow+snap" }, "expected some of synflow, snip, grad-norm, naswot"],
])("%s on %s with %o is refused", (space, dataset, settings, message) => {
  expect(() => checkTraining(space, dataset, settings)).toThrow(message);
});
