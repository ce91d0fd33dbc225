import type { ComponentChildren } from "preact";

interface ScrollRegionProps {
  readonly label: string;
  /** Whether it scrolls to the side only, as high as its content. */
  readonly isAcross?: boolean;
  readonly children: ComponentChildren;
}

/** Something that scrolls by itself, and so must be reachable by keyboard. */
export function ScrollRegion({ label, isAcross = false, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll what has the focus
    <section class={isAcross ? "scroll-across" : "scroll-box"} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
