/** A label that wants to stand at a height, in pixels from the top. */
export interface WantedLabel {
  readonly centre: number;
  readonly height: number;
}

/**
 * Heights at which labels stand beside each other without touching, as near as possible to where they want to be and in
 * the same order. They stay between `top` and `bottom` where there is room.
 *
 * @returns the centre of each label, in the order in which they were given
 */
export function spreadLabels(labels: readonly WantedLabel[], top: number, bottom: number): number[] {
  const order = labels.map((_, i) => i).sort((a, b) => labels[a].centre - labels[b].centre || a - b);
  // Labels that would touch form a block, which stands where its labels want to be on average.
  const blocks: { first: number; last: number; wanted: number; height: number }[] = [];
  order.forEach((label, position) => {
    blocks.push({ first: position, last: position, wanted: labels[label].centre, height: labels[label].height });
    while (blocks.length > 1 && touches(blocks[blocks.length - 2], blocks[blocks.length - 1])) {
      const lower = blocks.pop()!;
      const upper = blocks.pop()!;
      blocks.push(merge(upper, lower));
    }
  });
  const centres: number[] = new Array(labels.length);
  let free = top;
  for (const block of blocks) {
    let y = Math.max(free, startOf(block));
    for (let position = block.first; position <= block.last; position++) {
      const { height } = labels[order[position]];
      centres[order[position]] = y + height / 2;
      y += height;
    }
    free = y;
  }
  return centres;

  function startOf({ wanted, height }: { wanted: number; height: number }): number {
    return Math.max(top, Math.min(bottom - height, wanted - height / 2));
  }

  function touches(upper: (typeof blocks)[number], lower: (typeof blocks)[number]): boolean {
    return startOf(upper) + upper.height > startOf(lower);
  }

  function merge(upper: (typeof blocks)[number], lower: (typeof blocks)[number]): (typeof blocks)[number] {
    const countUpper = upper.last - upper.first + 1;
    const countLower = lower.last - lower.first + 1;
    return {
      first: upper.first,
      last: lower.last,
      wanted: (upper.wanted * countUpper + lower.wanted * countLower) / (countUpper + countLower),
      height: upper.height + lower.height,
    };
  }
}
