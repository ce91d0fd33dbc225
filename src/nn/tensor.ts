/** Where the numbers of a tensor lie. Addresses are known when the network is planned. */
export interface Storage {
  /** Numbers in all, those of every sample of the batch. */
  readonly length: number;
  /** Whether anything wants the gradient. */
  readonly wantsGradient: boolean;
  readonly uses: GradientUse[];
  /** Byte address of the numbers. */
  value: number;
  /** Byte address of the gradient; 0 where there is none. */
  gradient: number;
}

/** One reader of a tensor. On the way back it writes the gradient, or adds to what later readers have written. */
export interface GradientUse {
  adds: 0 | 1;
  /** Whose gradient is handed over as it is. A tensor with this one reader shares its memory, so that nothing is copied. */
  readonly from?: Storage | undefined;
}

/**
 * Numbers of one batch: `channels` of `height` x `width` places, each place with one number for every sample. The sample is the
 * last axis: element (channel, row, column, sample) is number ((channel * height + row) * width + column) * batch + sample.
 * A graph has its vertices as rows and one column; a plain vector has one place.
 */
export interface Tensor {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly storage: Storage;
}

/** The same numbers in another shape of the same size. */
export function reshape(tensor: Tensor, channels: number, height = 1, width = 1): Tensor {
  const size = tensor.channels * tensor.height * tensor.width;
  if (channels * height * width !== size) {
    throw new RangeError(`${size} numbers are no ${channels} x ${height} x ${width}`);
  }
  return { channels, height, width, storage: tensor.storage };
}

/** Throws RangeError unless the tensors have one shape; layers read memory by address, so that a misfit would read what is not theirs. */
export function checkSameShape(layer: string, [first, ...others]: readonly Tensor[]): void {
  const shapeOf = ({ channels, height, width }: Tensor): string => `${channels} x ${height} x ${width}`;
  for (const other of others) {
    if (shapeOf(other) !== shapeOf(first)) {
      throw new RangeError(`${layer} needs tensors of one shape, not ${shapeOf(first)} and ${shapeOf(other)}`);
    }
  }
}
