import type { ViewEvent, ViewSource } from "../../../src/view/contract.js";
import { NoAnswer, ViewProblem } from "./viewProblem.js";

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Everything from the dashboard's server at an address; "" is the one that the page came from. */
export function createHttpSource(base: string): ViewSource {
  async function read<Content>(path: string, query: Query = {}): Promise<Content> {
    let response: Response;
    do {
      try {
        response = await fetch(`${base}/api/${path}${writeQuery(query)}`, { headers: { accept: "application/json" } });
      } catch {
        throw new NoAnswer(
          "The dashboard's server does not answer",
          "Is `assay dashboard` still running? It is asked again every few seconds.",
        );
      }
      // 202: a map is being computed. The answer comes by itself; asking again only keeps the line open.
    } while (response.status === 202);
    if (!response.ok) throw await readProblem(response);
    return (await response.json()) as Content;
  }
  return {
    studies: () => read("studies"),
    study: (name) => read("study", { name }),
    trials: (name, from, count) => read("trials", { name, from, count }),
    trial: (name, number) => read("trial", { name, number }),
    map: (name, method) => read("map", { name, method }),
    frame: (name, method, decision) => read("frame", { name, method, decision }),
    points: (name, from, count) => read("points", { name, from, count }),
    compare: (names, target) => read("compare", { names, target }),
    listen: (listener) => listenTo(`${base}/api/events`, listener),
  };
}

function writeQuery(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

async function readProblem(response: Response): Promise<ViewProblem> {
  try {
    const { error } = (await response.json()) as { error: { message: string; hint?: string } };
    return new ViewProblem(
      String(error.message),
      error.hint === undefined ? undefined : String(error.hint),
      response.status,
    );
  } catch {
    return new ViewProblem(`The server answered ${response.status} ${response.statusText}`, undefined, response.status);
  }
}

/** The browser opens a broken stream again by itself; after that anything may have changed. */
function listenTo(address: string, listener: (event: ViewEvent) => void): () => void {
  const stream = new EventSource(address);
  let wasBroken = false;
  stream.onmessage = ({ data }) => {
    try {
      listener(JSON.parse(String(data)) as ViewEvent);
    } catch {
      // A message that is not ours says nothing.
    }
  };
  stream.onopen = () => {
    if (wasBroken) listener({ kind: "changed", studies: [] });
    wasBroken = false;
  };
  stream.onerror = () => {
    wasBroken = true;
    listener({ kind: "trouble", message: "The connection to the server is lost; trying again." });
  };
  return () => stream.close();
}
