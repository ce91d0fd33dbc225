import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether Debian's redis-server is here. Where `CI` is set it has to be, and tests that need it fail without. */
export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

/** For `describe.skipIf`. */
export const withoutRedis = !hasRedis && process.env["CI"] === undefined;
if (withoutRedis)
  console.warn("redis-server is not installed (apt-get install redis-server): tests of the queue are skipped");

/** A Redis of its own, on a free port of the loopback, with its files in a temporary folder. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** As if the power went: kill -9. */
  kill(): Promise<void>;
  /** Starts it again on the same files and port. */
  restart(): Promise<void>;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

/** Starts one; every write is on disk before it is answered, unless other settings are given. */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "assay-redis-"));
  const port = await freePort();
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
    const place = ["--dir", folder, "--port", String(port), "--bind", "127.0.0.1", "--logfile", "redis.log"];
    server = spawn("redis-server", [...place, ...durable, ...settings], { stdio: "ignore" });
    for (let attempt = 0; attempt < 600; attempt++) {
      if (await answers(port)) return;
      if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("redis-server does not answer");
  }

  async function kill(): Promise<void> {
    const running = server;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGKILL");
    await gone;
  }

  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    restart: start,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
