/** Where studies are kept unless --storage says otherwise. */
export const DEFAULT_STORAGE = "assay.db";
