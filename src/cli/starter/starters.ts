import type { Registry } from "../../registry.js";

/** A folder of files with which somebody begins a search that trains with a program of their own. */
export interface Starter {
  readonly name: string;
  readonly description: string;
  /** What the evaluations need on the machine. */
  readonly needs: string;
  /** Search spaces that it comes for, by name: what is searched. */
  readonly spaces: Readonly<Record<string, string>>;
}

/** The starters by name. Their files are in `templates/<name>/common` and `templates/<name>/<space>`. */
export const starters: Registry<Starter> = {
  pytorch: {
    name: "pytorch",
    description: "A training script in PyTorch, for CIFAR-10 or folders of images",
    needs: "Python 3.9 or later with PyTorch 1.13 or later; a GPU for anything but small trials",
    spaces: {
      nasbench201: "15,625 cells of NAS-Bench-201",
      nanobench: "4,987 re-created Tiny-NanoBench cells of at most 35 MFLOPs",
      choice: "your own space: small convolutional networks to begin with, in a YAML file",
    },
  },
};
