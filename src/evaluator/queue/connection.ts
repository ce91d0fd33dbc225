import { isIP } from "node:net";
import type { Redis } from "ioredis";
import { AssayError } from "../../errors.js";
import { hideSecrets, type QueueAddress, readQueueAddress } from "./address.js";
import { loadQueueDriver, type QueueDriver } from "./driver.js";

/** A connection to Redis that comes back by itself. */
export interface QueueConnection {
  readonly address: QueueAddress;
  readonly driver: QueueDriver;
  readonly client: Redis;
  /** For the "error" events of whatever uses the connection: says what is not said already, without secrets. */
  report(error: unknown): void;
  /** Says something without secrets. */
  say(line: string): void;
  close(): Promise<void>;
}

/** Options of `openConnection`. */
export interface QueueConnectionOptions {
  /** Hears of the connection being lost and found. */
  readonly onMessage?: ((line: string) => void) | undefined;
  /** Seconds to wait for the first answer. Default 10. */
  readonly patience?: number | undefined;
}

/** These may pass; anything else (a wrong password, a certificate that nobody trusts) is said at once. */
const PASSING = [
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
];
const LONGEST_PAUSE_MILLISECONDS = 3000;

/**
 * Connects to Redis. Once it answered, a lost connection is tried again for ever, and commands wait for it. Throws AssayError
 * where the packages are not installed, the address is wrong, or Redis does not answer; no message ever holds the password.
 */
export async function openConnection(
  url: string,
  { onMessage, patience = 10 }: QueueConnectionOptions = {},
): Promise<QueueConnection> {
  const address = readQueueAddress(url);
  const driver = await loadQueueDriver();
  const { host, port, username, password, database, isEncrypted, shown } = address;
  // Not with lazyConnect: BullMQ copies the client, and a copy whose first attempt fails would never work again.
  const client = new driver.Redis({
    host,
    port,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    db: database,
    // The name that the certificate must have; an address of numbers cannot be one.
    ...(isEncrypted ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(LONGEST_PAUSE_MILLISECONDS, 50 * 2 ** Math.min(times, 10)),
  });
  const say = (line: string): void => onMessage?.(hideSecrets(url, line));
  await firstAnswer(client, url, shown, patience);
  watch(client, shown, say);
  return {
    address,
    driver,
    client,
    say,
    report(error) {
      if (!isPassing(error)) say(`queue: ${messageOf(error)}`);
    },
    async close() {
      client.removeAllListeners("close").removeAllListeners("ready");
      const goodbye = client.quit().catch(() => undefined);
      await Promise.race([goodbye, new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
      client.disconnect();
    },
  };
}

function firstAnswer(client: Redis, url: string, shown: string, patience: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let reason = "no answer";
    const end = (failure?: string): void => {
      clearTimeout(timer);
      client.off("ready", onReady).off("error", onError);
      if (failure === undefined) {
        resolve();
        return;
      }
      client.on("error", () => undefined).disconnect();
      // Without the cause: the errors of the driver hold the command, and so the password.
      reject(
        new AssayError(
          "no-queue",
          `Cannot reach the queue at ${shown}: ${hideSecrets(url, failure)}.`,
          "Is Redis running there, and are user, password and rediss:// (with TLS) or redis:// (without) right?",
        ),
      );
    };
    const onReady = (): void => end();
    const onError = (error: Error): void => {
      reason = messageOf(error);
      if (!isPassing(error)) end(reason);
    };
    const timer = setTimeout(() => end(reason), patience * 1000);
    client.on("ready", onReady).on("error", onError);
  });
}

function watch(client: Redis, shown: string, say: (line: string) => void): void {
  let isLost = false;
  let lastError = "";
  client.on("close", () => {
    if (!isLost) say(`lost the connection to ${shown}, trying again …`);
    isLost = true;
  });
  client.on("ready", () => {
    if (isLost) say(`connected to ${shown} again`);
    isLost = false;
  });
  client.on("error", (error: Error) => {
    const message = messageOf(error);
    if (!isPassing(error) && message !== lastError) say(`queue: ${message}`);
    lastError = message;
  });
}

/** Whether it is about a connection that is being tried again anyway. */
export function isPassing(error: unknown): boolean {
  const { code, message = "" } = (error ?? {}) as { readonly code?: unknown; readonly message?: string };
  return PASSING.includes(String(code)) || /Connection is closed|LOADING|ECONNREFUSED|ECONNRESET/.test(message);
}

/** One line. Errors of several addresses (IPv4 and IPv6) have no message of their own. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as Error & { readonly code?: string };
  if (error.message.startsWith("NOAUTH")) return "it wants a password";
  const text = error.message === "" ? (code ?? error.name) : error.message;
  return text.trim().split(/\r?\n/, 1)[0].replace(/\.$/, "");
}
