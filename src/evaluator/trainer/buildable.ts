import { AssayError } from "../../errors.js";
import type { SearchSpace } from "../../space/contract.js";
import type { CellNetwork } from "./cellNetwork.js";
import { nanobenchNetwork } from "./nanobenchNetwork.js";
import { nasbench201Network } from "./nasbench201Network.js";

/** The networks that the trainer can build, by the name of the space. */
const cellNetworks: Readonly<Record<string, CellNetwork>> = {
  nasbench201: nasbench201Network,
  "tiny-nasbench201": nasbench201Network,
  nanobench: nanobenchNetwork,
};

/** Names of the spaces whose architectures the trainer can build. */
export const trainableSpaces: readonly string[] = Object.keys(cellNetworks);

/** How the networks of a space are built. Throws AssayError (`not-trainable`) where the trainer does not know that. */
export function cellNetworkOf({ name }: SearchSpace): CellNetwork {
  if (Object.hasOwn(cellNetworks, name)) return cellNetworks[name];
  throw new AssayError(
    "not-trainable",
    `The built-in trainer cannot build networks of the space ${name}.`,
    `It builds those of ${trainableSpaces.join(", ")}; for your own space use --evaluate with a module that trains.`,
  );
}
