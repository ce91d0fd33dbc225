/** Images of one split, channel-first: pixel (image, channel, row, column) lies at ((image * channels + channel) * height + row) * width + column. */
export interface ImageSet {
  readonly count: number;
  /** `count` x channels x height x width, normalised to about mean 0 and deviation 1 over the training images. */
  readonly pixels: Float32Array;
  /** Class of each image, from 0. */
  readonly labels: Int32Array;
}

/** How the pixels of a data set were normalised: (raw - mean) / deviation, one pair for each channel. */
export interface Normalisation {
  /** Means over the training images, in the raw unit, in which 0 is black. */
  readonly mean: Float64Array;
  /** Standard deviations over the training images, in the raw unit; 1 for a channel that never changes. */
  readonly deviation: Float64Array;
}

/** Images to train on, to choose by (validation) and to report (test). */
export interface Dataset {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly classes: readonly string[];
  readonly training: ImageSet;
  readonly validation: ImageSet;
  readonly test: ImageSet;
  /** Absent where the pixels are raw. */
  readonly normalisation?: Normalisation;
}
