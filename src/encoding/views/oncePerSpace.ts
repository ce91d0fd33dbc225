import type { SearchSpace } from "../../space/contract.js";

/** Makes something of a space when it is first asked for, and keeps it as long as the space. */
export function oncePerSpace<Made>(make: (space: SearchSpace) => Made): (space: SearchSpace) => Made {
  const madeOf = new WeakMap<SearchSpace, Made>();
  return (space) => {
    let made = madeOf.get(space);
    if (made === undefined) {
      made = make(space);
      madeOf.set(space, made);
    }
    return made;
  };
}
