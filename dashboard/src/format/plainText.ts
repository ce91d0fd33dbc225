// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const escapeCodes = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-Z\\-_]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is made visible
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
/** Marks that turn the direction of text around, with which a name can pose as another. */
const turners = /[\u202a-\u202e\u2066-\u2069]/g;

/** What a program printed, without colours and cursor moves; other control characters become visible. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(escapeCodes, "")
    .replace(controls, (character) => `^${String.fromCharCode(character.charCodeAt(0) ^ 0x40)}`)
    .replace(turners, "\ufffd");
}

/** The same on one line, for names. */
export function plainName(text: string): string {
  return plainText(text).replace(/\s*\n\s*/g, " ");
}
