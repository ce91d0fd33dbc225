import { useEffect, useState } from "preact/hooks";

/** Copies a text, and says so for a moment. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [outcome, setOutcome] = useState<string>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), 1800);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <button
      type="button"
      class="button is-small"
      onClick={async () => setOutcome((await copyText(text())) ? "Copied" : "Not allowed here")}
    >
      <span aria-live="polite">{outcome ?? label}</span>
    </button>
  );
}

/** The clipboard of pages without https, and of files, is the old one. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}
