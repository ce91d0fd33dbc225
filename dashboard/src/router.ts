/** A place in the dashboard. */
export type Route =
  | { readonly page: "studies" }
  /** `state` picks the trials that are shown at first. */
  | { readonly page: "study"; readonly name: string; readonly tab: StudyTab; readonly state?: string }
  | { readonly page: "trial"; readonly name: string; readonly number: number }
  | { readonly page: "compare"; readonly names: readonly string[]; readonly target?: number }
  | { readonly page: "missing"; readonly address: string };

export const studyTabs = ["overview", "trials", "dynamics"] as const;
export type StudyTab = (typeof studyTabs)[number];

/** The route that a hash such as `#/study/first/trials` names. */
export function readRoute(hash: string): Route {
  const missing: Route = { page: "missing", address: hash };
  const [path, search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.length === 0) return { page: "studies" };
  if (parts[0] === "compare" && parts.length === 1) {
    const query = new URLSearchParams(search);
    const target = query.get("target");
    const names = query.getAll("names");
    return target !== null && target !== "" && Number.isFinite(Number(target))
      ? { page: "compare", names, target: Number(target) }
      : { page: "compare", names };
  }
  if (parts[0] !== "study" || parts.length < 2) return missing;
  const name = decode(parts[1]);
  if (name === undefined) return missing;
  if (parts.length === 2) return { page: "study", name, tab: "overview" };
  const tab = studyTabs.find((known) => known === parts[2]);
  if (tab !== undefined && parts.length === 3) {
    const state = new URLSearchParams(search).get("state");
    return state === null ? { page: "study", name, tab } : { page: "study", name, tab, state };
  }
  if (parts[2] === "trial" && parts.length === 4 && /^\d{1,9}$/.test(parts[3])) {
    return { page: "trial", name, number: Number(parts[3]) };
  }
  return missing;
}

/** The hash of a route. */
export function writeRoute(route: Exclude<Route, { page: "missing" }>): string {
  switch (route.page) {
    case "studies":
      return "#/";
    case "study":
      return `#/study/${encodeURIComponent(route.name)}${route.tab === "overview" ? "" : `/${route.tab}`}${
        route.state === undefined ? "" : `?state=${encodeURIComponent(route.state)}`
      }`;
    case "trial":
      return `#/study/${encodeURIComponent(route.name)}/trial/${route.number}`;
    case "compare": {
      const query = new URLSearchParams(route.names.map((name) => ["names", name]));
      if (route.target !== undefined) query.set("target", String(route.target));
      return `#/compare?${query}`;
    }
  }
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
