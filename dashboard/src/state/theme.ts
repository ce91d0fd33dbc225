import { useEffect, useState } from "preact/hooks";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "assay-theme";

/** The theme that was chosen last; files opened from a disk may have no storage. */
export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return themes.find((theme) => theme === stored) ?? "system";
  } catch {
    return "system";
  }
}

/** Shows a theme and keeps it. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Then it lasts for this page only.
  }
  dispatchEvent(new Event("assay-theme"));
}

function isDarkNow(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

/** Whether the page is dark, for what is drawn without style sheets. */
export function useIsDark(): boolean {
  const [isDark, setIsDark] = useState(isDarkNow);
  useEffect(() => {
    const follow = (): void => setIsDark(isDarkNow());
    const preference = matchMedia("(prefers-color-scheme: dark)");
    preference.addEventListener("change", follow);
    addEventListener("assay-theme", follow);
    return () => {
      preference.removeEventListener("change", follow);
      removeEventListener("assay-theme", follow);
    };
  }, []);
  return isDark;
}
