import { describe, expect, test } from "vitest";
import { type Route, readRoute, writeRoute } from "./router.js";

describe("routes", () => {
  const routes: readonly Exclude<Route, { page: "missing" }>[] = [
    { page: "studies" },
    { page: "study", name: "first", tab: "overview" },
    { page: "study", name: "a/b?c#d %", tab: "dynamics" },
    { page: "study", name: "first", tab: "trials", state: "failed" },
    { page: "trial", name: "<img src=x>", number: 17 },
    { page: "compare", names: ["a&b", "c=d"], target: 73.5 },
    { page: "compare", names: [] },
  ];
  test.each(routes)("come back from their hash: $page", (route) => {
    expect(readRoute(writeRoute(route))).toEqual(route);
  });

  test.each(["#/study", "#/study/a/nothing", "#/study/a/trial/x", "#/study/%E0%A4%A", "#/else"])(
    "%s is missing",
    (hash) => {
      expect(readRoute(hash).page).toBe("missing");
    },
  );

  test("no hash is the list of studies", () => {
    expect(readRoute("")).toEqual({ page: "studies" });
  });
});
