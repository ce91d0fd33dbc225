/** Widths of letters in ems, for common fonts without serifs; a little more rather than less. */
function letterWidth(letter: string): number {
  if (/[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60\u{1f000}-\u{3ffff}]/u.test(letter)) return 1.05;
  if (/[\u0300-\u036f\u200b-\u200f\u202a-\u202e]/.test(letter)) return 0;
  if (/[ijlI.,:;'|!()[\]\u00a0\u202f ]/.test(letter)) return 0.34;
  if (/[ftr\-/"]/.test(letter)) return 0.42;
  if (/[mwMW@%—…±→]/.test(letter)) return 0.95;
  return /[A-Z_#&~+=<>]/.test(letter) ? 0.72 : 0.6;
}

/** How much wider bold letters are. */
export const boldness = 1.16;

/** How wide a text is about, in pixels, where nobody can measure it. */
export function textRoom(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += letterWidth(letter);
  return ems * size;
}

/** A text in lines no wider than so many pixels. Words that are longer are broken, after a sign such as | or , where there is one. */
export function wrapWords(text: string, room: number, size: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n]+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textRoom(longer, size) <= room) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    for (const letter of word) {
      if (line !== "" && textRoom(line + letter, size) > room) {
        const [whole] = /^.+[|+,;:/=](?=.)/su.exec(line) ?? [line];
        lines.push(whole);
        line = line.slice(whole.length);
      }
      line += letter;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** A text cut at its end, where it has no room as a whole. */
export function cutText(text: string, room: number, size: number): string {
  if (textRoom(text, size) <= room) return text;
  let cut = "";
  for (const letter of text) {
    if (textRoom(`${cut}${letter}…`, size) > room) break;
    cut += letter;
  }
  return `${cut.trimEnd()}…`;
}
