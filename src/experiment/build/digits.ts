import type { OptionValues } from "../../options.js";
import type { Recipe } from "./recipe.js";

/*
 * The benchmarks that ship. All numbers that decide how hard they are stand at the top; a pack must be built anew
 * whenever one of them changes.
 */

const settings: OptionValues = {
  stages: 1,
  cells: 1,
  images: 800,
  batch: 16,
  warmup: 0.1,
  proxies: "synflow+naswot",
};

const digits201Settings: OptionValues = { ...settings, channels: 8, epochs: 16, rate: 0.2 };

/** Depthwise convolutions learn more slowly: with the settings above, two trainings of a cell differ twice as much. */
const digitsNanoSettings: OptionValues = {
  ...settings,
  channels: 16,
  epochs: 32,
  optimiser: "adamw",
  rate: 0.01,
  decay: 0.01,
};

/** The bound of the publication: about 35 MFLOPs in the full network. */
const digitsNanoFlopsLimit = 35_000_000;

const common = {
  dataset: "hard-digits",
  seeds: [1, 2],
  losses: "each-seed",
  source:
    "Built by assay. Images: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, 1998, UCI Machine Learning Repository (test part)",
  licence: "CC BY 4.0, as the images; shifted, distorted and made noisy by assay",
} as const;

/** Every cell of NAS-Bench-201 on the hard digits. */
export const digits201: Recipe = {
  ...common,
  name: "digits201",
  title: "NAS-Bench-201 cells on hard digits",
  description: "All 15,625 cells of NAS-Bench-201 in a tiny network, trained on few, shifted and noisy 8x8 digits",
  space: "nasbench201",
  settings: digits201Settings,
  notes: [
    "The networks are tiny: accuracies say nothing about the full-size networks of NAS-Bench-201.",
    "Cells that compute the same function were trained once and share their numbers; a convolution of zeros counts as zero.",
  ],
};

/** Every cell of Tiny-NanoBench (the re-creation) under a bound on FLOPs, on the hard digits. */
export const digitsNano: Recipe = {
  ...common,
  name: "digits-nano",
  title: "Tiny-NanoBench cells on hard digits",
  description:
    "The cells of the re-created Tiny-NanoBench in a tiny network, trained on few, shifted and noisy 8x8 digits",
  space: `nanobench:flopsLimit=${digitsNanoFlopsLimit}`,
  settings: digitsNanoSettings,
  notes: [
    "The networks are tiny: accuracies say nothing about full-size networks.",
    "The space is a re-creation; the original table of Tiny-NanoBench is not public.",
  ],
};
