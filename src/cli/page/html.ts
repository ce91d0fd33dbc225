/** Text as it stands in a page: nothing in it is read as an element, an attribute or an entity. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/\p{Cc}/gu, (character) => (character === "\n" || character === "\t" ? character : "\ufffd"));
}

/** A table of texts, its columns aligned to the right where they hold numbers. */
export function htmlTable(
  columns: readonly { readonly title: string; readonly isNumber?: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  const cell = (name: "td" | "th", text: string, column: number): string =>
    `<${name}${columns[column].isNumber === true ? ' class="number"' : ""}>${escapeHtml(text)}</${name}>`;
  const head = columns.map(({ title }, column) => cell("th", title, column)).join("");
  const body = rows.map((row) => `<tr>${row.map((text, column) => cell("td", text, column)).join("")}</tr>`);
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>`;
}
