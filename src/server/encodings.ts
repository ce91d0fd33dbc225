/** Whether the Accept-Encoding of a request allows gzip. */
export function acceptsGzip(header: string | undefined): boolean {
  const weights = new Map(
    (header ?? "").split(",").map((part) => {
      const [name, ...parameters] = part.split(";").map((word) => word.trim().toLowerCase());
      const quality = parameters.find((word) => word.startsWith("q="));
      return [name, quality === undefined ? 1 : Number(quality.slice(2))];
    }),
  );
  return (weights.get("gzip") ?? weights.get("*") ?? 0) > 0;
}

/** Whether an If-None-Match names this version. */
export function isKnownVersion(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((part) => {
    const known = part.trim().replace(/^W\//, "");
    return known === etag || known === "*";
  });
}
