import { z } from "zod";
import { defineOptions } from "../../options.js";

/** The zero-cost proxies by name. */
const PROXIES = ["synflow", "snip", "grad-norm", "naswot"] as const;
export type ProxyName = (typeof PROXIES)[number];

/** Options of the built-in trainer. */
export const trainerOptions = defineOptions({
  channels: z
    .int()
    .min(1)
    .max(512)
    .default(8)
    .describe("Channels of the first stage; every further stage has twice as many"),
  cells: z.int().min(1).max(20).default(1).describe("Cells in each stage"),
  stages: z
    .int()
    .min(1)
    .max(5)
    .default(2)
    .describe("Stages; the images get half as high and wide from one to the next"),
  epochs: z.int().min(1).max(10_000).default(20).describe("Passes over the training images"),
  images: z.int().min(0).default(0).describe("Train on this many images only, drawn anew for each epoch; 0: on all"),
  batch: z.int().min(4).max(4096).multipleOf(4).default(32).describe("Images for each step"),
  optimiser: z.enum(["sgd", "adam", "adamw"]).default("sgd").describe("sgd has Nesterov momentum of 0.9"),
  rate: z.number().min(0).max(100).default(0.1).describe("Learning rate at the start"),
  schedule: z.enum(["cosine", "constant"]).default("cosine").describe("How the learning rate falls to zero, if at all"),
  warmup: z.number().min(0).max(1).default(0).describe("Share of the steps in which the learning rate rises from zero"),
  decay: z.number().min(0).max(10).default(5e-4).describe("L2 penalty of the weights; weight decay with adamw"),
  shift: z.int().min(0).max(32).default(0).describe("Largest random shift of training images, in pixels"),
  flip: z.boolean().default(false).describe("Mirror half of the training images"),
  noise: z.number().min(0).max(10).default(0).describe("Noise added to training images, in standard deviations"),
  mixup: z.number().min(0).max(4).default(0).describe("Alpha of mixup (Zhang et al. 2018); 0: none"),
  smoothing: z.number().min(0).max(0.9).default(0).describe("Label smoothing"),
  proxies: z
    .string()
    .refine(
      (names) => names.split("+").every((name) => name === "" || (PROXIES as readonly string[]).includes(name)),
      `expected some of ${PROXIES.join(", ")}, with + between them`,
    )
    .default("")
    .describe(`Zero-cost proxies of the untrained network, with + between them: ${PROXIES.join(", ")}`),
});

export type TrainerSettings = ReturnType<typeof trainerOptions.parse>;
