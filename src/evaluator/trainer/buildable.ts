import type { SearchSpace } from "../../space/contract.js";
import type { CellNetwork } from "./cellNetwork.js";
import { nanobenchNetwork } from "./nanobenchNetwork.js";
import { nasbench201Network } from "./nasbench201Network.js";
import { requireTrainable, type TrainableSpace } from "./trainable.js";

const cellNetworks: Readonly<Record<TrainableSpace, CellNetwork>> = {
  nasbench201: nasbench201Network,
  "tiny-nasbench201": nasbench201Network,
  nanobench: nanobenchNetwork,
};

/** How the networks of a space are built. Throws AssayError (`not-trainable`) where the trainer does not know that. */
export function cellNetworkOf({ name }: SearchSpace): CellNetwork {
  requireTrainable(name);
  return cellNetworks[name];
}
