import { z } from "zod";
import { AssayError } from "../../errors.js";
import { defineOptions, readOptions } from "../../options.js";

const network = {
  channels: z
    .int()
    .min(1)
    .max(1024)
    .default(128)
    .describe("Width of the stem and the first stage; doubles after each stage"),
  cellsPerStage: z.int().min(1).max(64).default(3).describe("Cells in each stage"),
  stages: z.int().min(1).max(6).default(3).describe("Stages, with average pooling between"),
  inputSize: z.int().min(1).max(1024).default(32).describe("Height and width of the images, in pixels"),
  inputChannels: z.int().min(1).max(1024).default(3).describe("Channels of the images"),
  classes: z.int().min(1).max(100_000).default(10).describe("Classes that the network tells apart"),
};

const networkSchema = defineOptions(network);

/** Options of the space: the network whose FLOPs and params are counted, and the bound on its FLOPs. */
export const nanoBenchSchema = defineOptions({
  ...network,
  flopsLimit: z
    .number()
    .min(0)
    .default(0)
    .describe("The most FLOPs (MAC) of the network, 0 for no bound; the paper's is about 35 million"),
});

/** The network around a cell; by default that of the paper for CIFAR-10. */
export interface NanoNetworkOptions {
  /** Width of the stem and of the first stage; each further stage is twice as wide. 128 by default. */
  readonly channels: number;
  /** 3 by default. */
  readonly cellsPerStage: number;
  /** 3 by default. */
  readonly stages: number;
  /** Height and width of the images in pixels, 32 by default. */
  readonly inputSize: number;
  /** Channels of the images, 3 by default. */
  readonly inputChannels: number;
  /** 10 by default. */
  readonly classes: number;
}

/** Options of `createNanoBench`. */
export interface NanoBenchOptions extends Partial<NanoNetworkOptions> {
  /** The most FLOPs (MAC) of the network; 0, the default, for no bound. */
  readonly flopsLimit?: number;
}

/**
 * Checks options of the network and fills in the defaults. Throws AssayError where one is out of range or the images are
 * too small for the stages.
 *
 * @example
 * nanoNetworkOptions({ channels: 16, inputSize: 8, inputChannels: 1 });
 */
export function nanoNetworkOptions(given: Partial<NanoNetworkOptions> = {}): NanoNetworkOptions {
  return checkSize(readOptions("network of nanobench", networkSchema, { ...given }));
}

/** The same with the bound on FLOPs. */
export function nanoBenchOptions(given: NanoBenchOptions): NanoNetworkOptions & { readonly flopsLimit: number } {
  return checkSize(readOptions("space nanobench", nanoBenchSchema, { ...given }));
}

function checkSize<Options extends NanoNetworkOptions>(options: Options): Options {
  const { inputSize, stages } = options;
  const least = 2 ** (stages - 1);
  if (inputSize >= least) return options;
  throw new AssayError(
    "bad-option",
    `Images of ${inputSize} x ${inputSize} are too small for ${stages} stages of nanobench, which halve them ${stages - 1} times.`,
    `Give inputSize ${least} or more, or fewer stages.`,
  );
}
