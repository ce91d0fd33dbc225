import type { RowSlot } from "./rowSlot.js";

/** Shows which row the pointer is over: the head of a row stands elsewhere in the page, so that a style sheet alone cannot. */
export function followPointer(host: HTMLElement, slotOf: (node: Node) => RowSlot | undefined): void {
  let pointed: RowSlot | undefined;
  const point = (next: RowSlot | undefined): void => {
    if (next !== pointed) pointed?.point(false);
    pointed = next;
    next?.point(true);
  };
  host.addEventListener("mouseover", ({ target }) => point(slotOf(target as Node)));
  host.addEventListener("mouseleave", () => point(undefined));
}
