import { AssayError } from "../../../errors.js";
import type { Generator } from "../../../random/index.js";
import { PROXIES, type ProxyName } from "../options.js";
import type { TrainArchitectureOptions } from "../train.js";
import { gradientNorm, snip } from "./gradients.js";
import { naswot } from "./naswot.js";
import { synflow } from "./synflow.js";

type ProxyInput = Pick<TrainArchitectureOptions, "space" | "architecture" | "dataset" | "settings">;

/** A score of an untrained network; larger promises better. */
type Proxy = (input: ProxyInput, generator: Generator) => number;

const proxies: Readonly<Record<ProxyName, Proxy>> = { synflow, snip, "grad-norm": gradientNorm, naswot };

/** The proxies that the settings ask for. Throws AssayError for an unknown name. */
export function measureProxies(input: ProxyInput, generator: Generator): Record<string, number> {
  const names = input.settings.proxies.split("+").filter((name) => name !== "");
  return Object.fromEntries(names.map((name) => [name, proxyOf(name)(input, generator.split(name))]));
}

function proxyOf(name: string): Proxy {
  if (Object.hasOwn(proxies, name)) return proxies[name as ProxyName];
  throw new AssayError("bad-option", `There is no zero-cost proxy "${name}".`, `Known: ${PROXIES.join(", ")}.`);
}

export type { ProxyInput };
