import type { Generator } from "../../../random/index.js";
import type { ProxyName } from "../options.js";
import type { TrainArchitectureOptions } from "../train.js";
import { gradientNorm, snip } from "./gradients.js";
import { naswot } from "./naswot.js";
import { synflow } from "./synflow.js";

type ProxyInput = Pick<TrainArchitectureOptions, "space" | "architecture" | "dataset" | "settings">;

/** A score of an untrained network; larger promises better. */
type Proxy = (input: ProxyInput, generator: Generator) => number;

const proxies: Readonly<Record<ProxyName, Proxy>> = { synflow, snip, "grad-norm": gradientNorm, naswot };

/** The proxies that the settings ask for; `trainerOptions` lets only known names through. */
export function measureProxies(input: ProxyInput, generator: Generator): Record<string, number> {
  const names = input.settings.proxies.split("+").filter((name) => name !== "") as ProxyName[];
  return Object.fromEntries(names.map((name) => [name, proxies[name](input, generator.split(name))]));
}

export type { ProxyInput };
