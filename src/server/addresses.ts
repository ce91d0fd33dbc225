import { hostname, networkInterfaces } from "node:os";

const WILDCARDS: readonly string[] = ["0.0.0.0", "::"];

/** Whether only programs of this machine reach a server that listens there. */
export function isLoopback(host: string): boolean {
  const name = withoutBrackets(host).toLowerCase();
  return name === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}

/** `[::1]` as `listen` wants it. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

/** A host as it stands in an address: IPv6 in brackets. */
function inAddress(host: string): string {
  const name = withoutBrackets(host).toLowerCase();
  return name.includes(":") ? `[${name}]` : name;
}

/** Where people find the server: a wildcard is no address, so the name of the machine stands for it. */
export function shownAddress(host: string, port: number): string {
  const name = WILDCARDS.includes(withoutBrackets(host)) ? hostname() : host;
  return `http://${inAddress(name)}:${port}/`;
}

/**
 * What the Host header may be. A page of somebody else can have its own name resolve to this machine (DNS rebinding), and would
 * then read everything: its requests carry that name, so they are told apart here.
 */
export function allowedHosts(host: string, port: number): ReadonlySet<string> {
  const names = ["localhost", "127.0.0.1", "[::1]", inAddress(host)];
  if (WILDCARDS.includes(withoutBrackets(host))) {
    names.push(hostname().toLowerCase());
    // Those of link-local addresses (%eth0) never stand in a Host header.
    for (const { address } of Object.values(networkInterfaces()).flatMap((found) => found ?? [])) {
      names.push(inAddress(address));
    }
  }
  const withPort = names.map((name) => `${name}:${port}`);
  // Browsers leave out the usual port.
  return new Set(port === 80 ? [...withPort, ...names] : withPort);
}
