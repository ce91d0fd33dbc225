import fc from "fast-check";
import { expect, it } from "vitest";
import { hideSecrets, readQueueAddress, redactUrl } from "./address.js";

it("reads host, port, user, password, database and encryption", () => {
  expect(readQueueAddress("redis://example")).toMatchObject({ host: "example", port: 6379, database: 0 });
  expect(readQueueAddress("rediss://ada:p%40ss@[::1]:6380/3")).toEqual({
    host: "::1",
    port: 6380,
    username: "ada",
    password: "p@ss",
    database: 3,
    isEncrypted: true,
    shown: "rediss://[::1]:6380/3",
  });
});

it.each([
  "",
  "host:6379",
  "http://x:hunter2@host",
  "redis://:hunter2",
  "redis://host?password=hunter2",
  "redis://:hunter2#@h",
  "redis://x:hunter2@host/a",
])("refuses %j without repeating it", (url) => {
  const refuse = () => readQueueAddress(url);
  expect(refuse).toThrowError(/queue/);
  expect(refuse).not.toThrowError(/hunter2/);
});

it("shows neither user nor password nor query", () => {
  expect(redactUrl("rediss://ada:secret@host:6380/1")).toBe("rediss://host:6380/1");
  expect(redactUrl("redis://secret@host")).toBe("redis://host");
  expect(redactUrl("redis://host/0?password=secret#secret")).toBe("redis://host/0");
  expect(redactUrl("secret")).not.toContain("secret");
});

it("hides any password, however it is written", () => {
  const password = fc.string({ minLength: 6, unit: "grapheme-ascii" });
  fc.assert(
    fc.property(password, (secret) => {
      const url = `rediss://ada:${encodeURIComponent(secret)}@host:6380`;
      for (const text of [url, `AUTH ada ${secret} failed`, `cannot reach ${url}!`]) {
        const shown = hideSecrets(url, text);
        // A password that is part of the star signs themselves shows nothing.
        expect(shown.replaceAll("***", "")).not.toContain(secret);
        expect(shown.replaceAll("***", "")).not.toContain(encodeURIComponent(secret));
      }
      expect(redactUrl(url)).toBe("rediss://host:6380");
    }),
  );
});
