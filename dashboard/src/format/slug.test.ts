import { expect, test } from "vitest";
import { fileSlug } from "./slug.js";

test("names of files are letters, digits and hyphens", () => {
  expect(fileSlug("../../etc/passwd", "Best so far")).toBe("etc-passwd-best-so-far");
  expect(fileSlug("Größe", "éclair")).toBe("gro-e-eclair");
  expect(fileSlug("搜索", "map")).toBe("map");
  expect(fileSlug("…")).toBe("assay");
});

test("a long name of a study leaves room for what the figure is", () => {
  const slug = fileSlug("x".repeat(300), "best", "so far");
  expect(slug).toMatch(/^x+-best-so-far$/);
  expect(slug.length).toBeLessThanOrEqual(80);
});
