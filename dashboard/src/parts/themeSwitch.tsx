import { useState } from "preact/hooks";
import { applyTheme, readTheme, themes } from "../state/theme.js";

const words = { system: "Auto", light: "Light", dark: "Dark" } as const;

/** Goes round the themes: like the system, light, dark. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(readTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length];
  return (
    <button
      type="button"
      class="button is-quiet"
      aria-label={`Theme: ${words[theme]}. Switch to ${words[next]}`}
      title={`Switch to ${words[next].toLowerCase()}`}
      onClick={() => {
        applyTheme(next);
        setTheme(next);
      }}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle class="icon-line" cx="8" cy="8" r="6" />
        <path
          class="icon-fill"
          d={
            theme === "light"
              ? "M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6Z"
              : theme === "dark"
                ? "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12Z"
                : "M8 2a6 6 0 0 1 0 12Z"
          }
        />
      </svg>
      {words[theme]}
    </button>
  );
}
