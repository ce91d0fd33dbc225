import type { ComponentChildren } from "preact";

/** Something that scrolls by itself, and so must be reachable by keyboard. */
export function ScrollRegion({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll what has the focus
    <section class="scroll-box" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
