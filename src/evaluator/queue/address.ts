import { AssayError } from "../../errors.js";

/** Where the queue is, read from an address such as `rediss://user:password@host:6380/0`. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  /** Whether the connection is encrypted (TLS). */
  readonly isEncrypted: boolean;
  /** For messages: without user, password and query. */
  readonly shown: string;
}

const FORM = "Write redis://host:6379, or rediss://user:password@host:6380 for an encrypted connection.";

/**
 * Reads the address of a queue. Throws AssayError where it is none; the message never repeats the address, because a
 * password may be in it.
 */
export function readQueueAddress(url: string): QueueAddress {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new AssayError("bad-queue", "The address of the queue cannot be read.", `${FORM} ${ENCODE}`);
  }
  const { protocol, hostname, port, username, password, pathname, search, hash } = parsed;
  if (protocol !== "redis:" && protocol !== "rediss:")
    throw new AssayError("bad-queue", `The address of the queue begins with neither redis:// nor rediss://.`, FORM);
  if (hostname === "") throw new AssayError("bad-queue", "The address of the queue names no host.", FORM);
  if (search !== "" || hash !== "")
    throw new AssayError("bad-queue", `The address of the queue has a "?" or a "#" in it.`, `${FORM} ${ENCODE}`);
  const database = /^\/?(\d{0,5})$/.exec(pathname)?.[1];
  if (database === undefined)
    throw new AssayError("bad-queue", "After the host of the queue only the number of a database may stand.", FORM);
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? 6379 : Number(port),
    username: decode(username),
    password: decode(password),
    database: Number(database),
    isEncrypted: protocol === "rediss:",
    shown: redactUrl(url),
  };
}

const ENCODE = "Special characters in a password are written as %23 for #, %2F for /, %3F for ?, %40 for @.";

/**
 * The address without what is nobody's business: user, password, query. Never throws; what cannot be read is hidden as a whole.
 *
 * @example
 * redactUrl("rediss://ada:secret@host:6380/1"); // "rediss://host:6380/1"
 */
export function redactUrl(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    if (host !== "") return `${protocol}//${host}${/^\/\d+$/.test(pathname) ? pathname : ""}`;
  } catch {
    // Said below.
  }
  return "(an address that cannot be read)";
}

/** Replaces the password of an address, in each way of writing it, wherever it stands in a text. */
export function hideSecrets(url: string, text: string): string {
  const hidden = text.replaceAll(url, redactUrl(url));
  return secretsOf(url).reduce((shown, secret) => shown.replaceAll(secret, "***"), hidden);
}

function secretsOf(url: string): string[] {
  const userInfo = /^[a-z+]+:\/\/(.*)@/is.exec(url)?.[1];
  if (userInfo === undefined) return [];
  const colon = userInfo.indexOf(":");
  // A name without a password may well be the password.
  const secret = colon < 0 ? userInfo : userInfo.slice(colon + 1);
  const decoded = decode(secret);
  const forms = [secret, decoded, decoded && encodeURIComponent(decoded), decoded && encodeURI(decoded)];
  return [...new Set(forms.filter((form) => form !== undefined && form !== ""))].sort(
    (a, b) => b!.length - a!.length,
  ) as string[];
}

function decode(text: string): string | undefined {
  if (text === "") return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
