import type { NetworkBuilder } from "./builder.js";
import type { Tensor } from "./tensor.js";

/** Where windows read a tensor: itself, or a copy with a frame of zeros. Steps in bytes. */
export interface Source {
  /** Known when the network is planned. */
  readonly address: number;
  readonly row: number;
  readonly plane: number;
  /** Copies the numbers into the frame. */
  fill(): void;
}

/**
 * A tensor, or its gradient, with a frame of zeros one place wide where `framed` says so. A tensor is copied once on the way
 * forward, however many layers ask for it; a gradient by whoever calls `fill`, into memory that all of its shape share.
 */
export function padded(
  builder: NetworkBuilder,
  tensor: Tensor,
  framed: boolean,
  which: "value" | "gradient" = "value",
): Source {
  const { channels, height, width, storage } = tensor;
  const place = 4 * builder.batch;
  const row = width * place;
  const plane = height * row;
  if (!framed) {
    return {
      get address() {
        return storage[which];
      },
      row,
      plane,
      fill: () => {},
    };
  }
  if (which === "value") return builder.derive(tensor, `padded ${channels}x${height}x${width}`, () => frame());
  return frame();

  function frame(): Source {
    const framedRow = row + 2 * place;
    const framedPlane = (height + 2) * framedRow;
    const bytes = channels * framedPlane;
    const memory =
      which === "value"
        ? builder.memory(bytes)
        : builder.sharedMemory(`frame ${channels}x${height}x${width}`, builder.gradients ? bytes : 0);
    const fill = () =>
      builder.functions.copyRows(
        storage[which],
        plane,
        row,
        memory.address + framedRow + place,
        framedPlane,
        framedRow,
        channels,
        height,
        width * builder.run,
        0,
      );
    if (which === "value") builder.step({ forward: fill });
    return {
      get address() {
        return memory.address;
      },
      row: framedRow,
      plane: framedPlane,
      fill,
    };
  }
}
