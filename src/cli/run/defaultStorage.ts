/** The file that keeps studies unless --storage says otherwise. */
export function defaultStorage(): string {
  return process.env["ASSAY_STORAGE"] || "assay.db";
}
