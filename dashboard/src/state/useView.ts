import { useEffect, useRef, useState } from "preact/hooks";
import { useSource } from "../sources/sourceContext.js";
import { NoAnswer, ViewProblem } from "../sources/viewProblem.js";

/** Milliseconds until somebody who does not answer is asked again. */
const askedAgainAfter = 3000;

/** What is there of something that is loaded: old content stays while newer is on its way, so that nothing flickers. */
export interface Loaded<Content> {
  readonly content?: Content;
  readonly problem?: ViewProblem;
  readonly isLoading: boolean;
}

/**
 * Loads something and loads it again whenever one of these studies changes.
 *
 * @param key names what is loaded; another key drops the content
 * @param studies names of studies, or "all"
 * @param load may show a part before the whole is there
 * @param pause at most one load in this many milliseconds while a study is written
 */
export function useView<Content>(
  key: string,
  studies: readonly string[] | "all",
  load: (show: (content: Content) => void) => Promise<Content>,
  pause = 400,
): Loaded<Content> {
  const source = useSource();
  const [state, setState] = useState<Loaded<Content> & { readonly key: string }>({ key, isLoading: true });
  const loadNow = useRef(load);
  loadNow.current = load;
  const concerned = useRef(studies);
  concerned.current = studies;

  useEffect(() => {
    let isCurrent = true;
    let isBusy = false;
    let isStale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    setState((old) => (old.key === key ? { ...old, isLoading: true } : { key, isLoading: true }));

    const refresh = async (): Promise<void> => {
      isBusy = true;
      isStale = false;
      try {
        const content = await loadNow.current((part) => {
          if (isCurrent) setState({ key, content: part, isLoading: true });
        });
        if (isCurrent) setState({ key, content, isLoading: false });
      } catch (error) {
        const problem =
          error instanceof ViewProblem ? error : new ViewProblem(String((error as Error).message ?? error));
        if (isCurrent) setState((old) => ({ ...(old.key === key ? old : { key }), problem, isLoading: false }));
        if (isCurrent && problem instanceof NoAnswer) timer = setTimeout(again, askedAgainAfter);
      }
      isBusy = false;
      if (isStale && isCurrent) schedule();
    };
    const again = (): void => {
      timer = undefined;
      if (isCurrent) void refresh();
    };
    const schedule = (): void => {
      isStale = true;
      if (isBusy || timer !== undefined) return;
      timer = setTimeout(again, pause);
    };
    void refresh();
    const stop = source.listen((event) => {
      if (event.kind !== "changed") return;
      const names = concerned.current;
      const isAll = event.studies.length === 0 || names === "all";
      if (isAll || event.studies.some((name) => names.includes(name))) schedule();
    });
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      stop();
    };
  }, [source, key]);

  return state.key === key ? state : { isLoading: true };
}
