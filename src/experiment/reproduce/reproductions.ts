import type { Registry } from "../../registry.js";
import { ablation } from "./ablation.js";
import type { Reproduction } from "./contract.js";
import { figure4 } from "./figure4.js";
import { figure6a } from "./figure6a.js";
import { figure6b } from "./figure6b.js";
import { figure7 } from "./figure7.js";

/** Figures and tables of publications that `assay reproduce` makes again. */
export const reproductions: Registry<Reproduction> = {
  [figure4.name]: figure4,
  [figure6a.name]: figure6a,
  [figure6b.name]: figure6b,
  [figure7.name]: figure7,
  [ablation.name]: ablation,
};
