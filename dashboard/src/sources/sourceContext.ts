import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ViewSource } from "../../../src/view/contract.js";

const SourceContext = createContext<ViewSource | undefined>(undefined);

/** Hands a source to everything below. */
export const SourceProvider = SourceContext.Provider;

/** The source that this page is drawn from. */
export function useSource(): ViewSource {
  const source = useContext(SourceContext);
  if (source === undefined) throw new Error("useSource was called outside of a SourceProvider");
  return source;
}
