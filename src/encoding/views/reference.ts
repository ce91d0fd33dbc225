import { createGenerator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";

const REFERENCES = 1_000;

/** Architectures that stand for a space. */
export interface Reference {
  readonly architectures: readonly Architecture[];
  /** Whether these are all. */
  readonly isWhole: boolean;
}

/** The whole space where it is small, else 1,000 random draws, always the same. */
export function drawReference(space: SearchSpace): Reference {
  const { enumeration } = space;
  if (enumeration !== undefined && enumeration.size <= REFERENCES) {
    const architectures = Array.from({ length: enumeration.size }, (_, index) => {
      const architecture = new Int32Array(space.genes);
      enumeration.write(index, architecture);
      return architecture;
    });
    return { architectures, isWhole: true };
  }
  const generator = createGenerator("reference of the encoding views");
  return { architectures: Array.from({ length: REFERENCES }, () => space.sample(generator)), isWhole: false };
}
