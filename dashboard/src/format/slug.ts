const longest = 80;

/** A name for a file that every system takes; where it is too long, the first part gives way, which is often the name of a study. */
export function fileSlug(...parts: readonly string[]): string {
  const [first = "", ...others] = parts.map(slugOf);
  const end = others.filter((part) => part !== "").join("-");
  const start = first.slice(0, Math.max(0, longest - end.length - 1)).replace(/-+$/, "");
  const slug = [start, end]
    .filter((part) => part !== "")
    .join("-")
    .slice(0, longest);
  return slug === "" ? "assay" : slug;
}

function slugOf(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
}
