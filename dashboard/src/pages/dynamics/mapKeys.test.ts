import { expect, test } from "vitest";
import { readKey } from "./mapKeys.js";

const key = (name: string, held: "" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" = "") =>
  readKey({
    ...{ key: name, shiftKey: held === "shiftKey", ctrlKey: held === "ctrlKey" },
    ...{ metaKey: held === "metaKey", altKey: held === "altKey" },
  });

test("keys zoom, step, move and choose", () => {
  expect(key("+")).toEqual({ kind: "zoom", factor: 2 });
  expect(key("-")).toEqual({ kind: "zoom", factor: 0.5 });
  expect(key("0")).toEqual({ kind: "whole" });
  expect(key("ArrowUp")).toEqual({ kind: "step", direction: "up" });
  // To see more of what lies on the right, the map goes to the left.
  expect(key("ArrowRight", "shiftKey")).toMatchObject({ kind: "move", x: -0.2 });
  expect(key("P", "shiftKey")).toEqual({ kind: "trial", step: -1 });
  expect(key("Enter")).toEqual({ kind: "choose" });
});

test("keys of the browser stay its own", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey"] as const)
    for (const name of ["+", "-", "0", "ArrowLeft", "n"]) expect(key(name, held)).toBeUndefined();
  for (const name of ["Tab", "a", "PageDown", "constructor"]) expect(key(name)).toBeUndefined();
});
