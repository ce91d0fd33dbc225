import type { Enumeration } from "../contract.js";
import type { Counted } from "./counting.js";

/**
 * The valid architectures as a list of genes, sorted by their levels in `order`.
 *
 * @param order parameters in the order of the diagram
 */
export function listValid(valid: Counted, order: Int32Array): Enumeration {
  const size = Number(valid.count);
  const genes = order.length;
  const table = new Int16Array(size * genes);
  let row = 0;
  valid.forEach((architecture) => {
    table.set(architecture, row++ * genes);
  });
  if (row !== size) throw new Error(`listed ${row} architectures instead of ${size}`);

  const compareWithRow = (wanted: Int32Array, index: number): number => {
    for (const parameter of order) {
      const difference = wanted[parameter] - table[index * genes + parameter];
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return {
    size,
    write(index, target) {
      for (let gene = 0; gene < genes; gene++) target[gene] = table[index * genes + gene];
    },
    indexOf(wanted) {
      let low = 0;
      let high = size - 1;
      while (low <= high) {
        const middle = (low + high) >>> 1;
        const difference = compareWithRow(wanted, middle);
        if (difference === 0) return middle;
        if (difference < 0) high = middle - 1;
        else low = middle + 1;
      }
      return -1;
    },
  };
}
