/**
 * The address of a service without what is nobody's business: user, password, and the query, which may hold a key. Never throws; what
 * cannot be read is hidden as a whole.
 *
 * @example
 * shownAddress("https://ada:secret@host:8000/train?key=1"); // "https://host:8000/train"
 */
export function shownAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url === undefined || url.host === "" ? "(an address that cannot be read)" : `${url.origin}${url.pathname}`;
}
