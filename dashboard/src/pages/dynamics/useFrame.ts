import { useEffect, useRef, useState } from "preact/hooks";
import type { MapFrame, MapView } from "../../../../src/view/contract.js";
import { useSource } from "../../sources/sourceContext.js";
import { ViewProblem } from "../../sources/viewProblem.js";

interface ShownFrame {
  readonly frame?: MapFrame;
  readonly problem?: ViewProblem;
}

/** Frames kept: a hundred of 15,625 predictions take 12 MB. */
const mostKept = 100;

/**
 * The frame of a decision. Until it is there the one before stays; the next is loaded ahead. Frames of the last decision are loaded
 * again when `version` changes, since its trials may not all have ended.
 */
export function useFrame(
  name: string,
  method: MapView["method"],
  decision: number,
  last: number,
  version: unknown,
): ShownFrame {
  const source = useSource();
  const [shown, setShown] = useState<ShownFrame & { readonly key: string }>({ key: "" });
  const kept = useRef(new Map<string, Promise<MapFrame>>());
  const key = `${method} ${name}`;

  useEffect(() => {
    let isCurrent = true;
    const load = (wanted: number): Promise<MapFrame> => {
      const place = `${key} ${wanted}`;
      const known = kept.current.get(place);
      if (known !== undefined && wanted < last) return known;
      const loading = source.frame(name, method, wanted);
      if (wanted < last) {
        kept.current.set(place, loading);
        if (kept.current.size > mostKept) kept.current.delete(kept.current.keys().next().value!);
        loading.catch(() => kept.current.delete(place));
      }
      return loading;
    };
    if (decision >= 1) {
      load(decision).then(
        (frame) => {
          if (!isCurrent) return;
          setShown({ key, frame });
          if (decision + 1 < last) load(decision + 1).catch(() => {});
        },
        (error: unknown) => {
          const problem =
            error instanceof ViewProblem ? error : new ViewProblem(String((error as Error).message ?? error));
          if (isCurrent) setShown((old) => ({ ...(old.key === key ? old : {}), key, problem }));
        },
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [source, key, decision, decision >= last ? version : undefined]);
  return shown.key === key ? shown : {};
}
