/** A name for a downloaded file that every system takes. */
export function fileSlug(...parts: readonly string[]): string {
  const slug = parts
    .join("-")
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase()
    .slice(0, 80);
  return slug === "" ? "assay" : slug;
}
