/** Breaks a text at spaces into lines no longer than `width` (a longer word has its own line), indented by `indent`. */
export function wrapText(text: string, width: number, indent = 0): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.trim().split(/\s+/)) {
    if (line !== "" && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.map((one) => " ".repeat(Math.max(0, indent)) + one).join("\n");
}
