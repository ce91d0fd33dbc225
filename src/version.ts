/** The version of this package, as every result file records it. */
export const version = "0.1.0";
