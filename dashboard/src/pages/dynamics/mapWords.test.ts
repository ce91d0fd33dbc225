import { expect, test } from "vitest";
import type { MapView } from "../../../../src/view/contract.js";
import { shownWords } from "./mapWords.js";

const map: MapView = {
  ...{ method: "UMAP", size: "15625", isWhole: true, decisions: 2, predictor: "none" },
  ...{ x: [0, 1, 0.5], y: [0, 1, 0.5], trial: [-1, -1, -1] },
};

test("says what a map shows of its space", () => {
  const large = { ...map, size: "123456789", isWhole: false };
  const limited = { excluded: [2] };
  expect(shownWords(map)).toBe("all 15\u202f625 architectures");
  expect(shownWords({ ...map, ...limited, within: "whole" })).toBe(
    "all 15\u202f625 architectures, 2 of them within the limits",
  );
  expect(shownWords(large)).toBe("3 of 123\u202f456\u202f789 architectures: a sample and everything evaluated");
  expect(shownWords({ ...large, ...limited, within: "whole" })).toBe(
    "all 2 architectures within the limits, and a sample of 1 outside of them",
  );
  expect(shownWords({ ...large, ...limited, within: "sample" })).toBe(
    "a sample of 2 architectures within the limits and 1 outside of them, and everything evaluated",
  );
});
