import { spawn, spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { expect, it } from "vitest";
import { processOwner } from "./owner.js";

const { id, description, isGone } = processOwner();
const isGoneOf = (pid: number, of = id): boolean => isGone!(of, `process ${pid} on ${hostname()}`);

it("is itself, and alive", () => {
  expect(processOwner().id).not.toBe(id);
  expect(description).toBe(`process ${process.pid} on ${hostname()}`);
  expect(isGone!(id, description)).toBe(false);
});

it("knows that a process has ended", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  expect(isGoneOf(pid)).toBe(true);
});

it("knows nothing of other machines and other kinds of owners", () => {
  expect(isGone!(id, "process 1 on another-host")).toBe(false);
  expect(isGone!(id, "another program")).toBe(false);
});

it.runIf(process.platform === "linux")("knows that a process was killed before its parent has asked", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const [uuid, ...rest] = id.split(" ");
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  // The number may have gone to another process: it began at another time.
  expect(isGoneOf(process.pid, [uuid, "1", ...rest.slice(1)].join(" "))).toBe(true);
  await closed;
  expect(isGoneOf(child.pid!)).toBe(true);
});

it.runIf(process.platform === "linux")(
  "is not sure of a process in another container, whatever the host is called",
  () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const [uuid, start] = id.split(" ");
    expect(isGoneOf(pid, `${uuid} ${start} pid:[1]`)).toBe(false);
  },
);
