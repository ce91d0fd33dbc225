import type { ComponentChildren } from "preact";
import { ThemeSwitch } from "./themeSwitch.js";

/** The first link, for those who go by keyboard. */
export function SkipLink({ href }: { readonly href: string }) {
  return (
    <a class="skip" href={href} onClick={() => document.getElementById("main")?.focus()}>
      Skip to content
    </a>
  );
}

interface TopBarProps {
  /** Where the sign leads, in words. */
  readonly home: string;
  readonly trouble?: string | undefined;
  readonly children?: ComponentChildren;
}

/** The sign, the place, and the theme. */
export function TopBar({ home, trouble, children }: TopBarProps) {
  return (
    <header class="top">
      <div class="top-row">
        <a class="brand" href="#/" aria-label={home}>
          <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
            <path class="brand-line" d="M4 17L11 4L18 17M7.4 11.2H14.6" />
            <circle class="brand-dot" cx="11" cy="4" r="2.6" />
            <circle class="brand-dot" cx="4" cy="17" r="2.6" />
            <circle class="brand-dot" cx="18" cy="17" r="2.6" />
          </svg>
          <span>Assay</span>
        </a>
        {children}
        <ThemeSwitch />
      </div>
      {trouble !== undefined && (
        <p class="trouble" role="status">
          {trouble}
        </p>
      )}
    </header>
  );
}
