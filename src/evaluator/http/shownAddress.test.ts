import { expect, it } from "vitest";
import { shownAddress } from "./shownAddress.js";

it("shows the way to a service, and no secrets", () => {
  expect(shownAddress("https://ada:secret@host:8000/train?key=1#x")).toBe("https://host:8000/train");
  expect(shownAddress("ada:se cret@")).not.toContain("cret@");
});
