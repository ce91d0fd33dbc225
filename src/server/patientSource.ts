import { AssayError } from "../errors.js";
import type { ViewEvent, ViewSource } from "../view/contract.js";

/** A source that may hold a file open. */
export interface ClosableSource extends ViewSource {
  close?(): void;
}

/** Settings of `createPatientSource`. */
export interface PatientSourceOptions {
  /** Throws AssayError `no-storage` while the file is not there. */
  readonly open: () => Promise<ClosableSource>;
  /** Between two looks for the file while somebody listens. Default 1. */
  readonly seconds?: number;
}

/**
 * A source over a file that may not be there yet, because the dashboard was started before the search: until it is, there are no studies, and
 * listeners hear when there are.
 */
export function createPatientSource({ open, seconds = 1 }: PatientSourceOptions): Required<ClosableSource> {
  let opening: Promise<ClosableSource> | undefined;

  const opened = (): Promise<ClosableSource> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  return {
    async studies() {
      try {
        return await (await opened()).studies();
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
    study: async (name) => (await opened()).study(name),
    trials: async (name, from, count) => (await opened()).trials(name, from, count),
    trial: async (name, number) => (await opened()).trial(name, number),
    map: async (name, method) => (await opened()).map(name, method),
    frame: async (name, method, decision) => (await opened()).frame(name, method, decision),
    points: async (name, from, count) => (await opened()).points(name, from, count),
    compare: async (names, target) => (await opened()).compare(names, target),
    listen(listener) {
      let stop: (() => void) | undefined;
      let isOver = false;
      let hasWaited = false;
      let timer: NodeJS.Timeout | undefined;
      let lastTrouble: string | undefined;
      const attach = async (): Promise<void> => {
        try {
          const source = await opened();
          if (isOver) return;
          stop = source.listen(listener);
          if (hasWaited) listener({ kind: "changed", studies: [] });
        } catch (error) {
          if (isOver) return;
          hasWaited = true;
          const trouble = troubleOf(error);
          if (trouble !== undefined && trouble.message !== lastTrouble) listener(trouble);
          lastTrouble = trouble?.message;
          timer = setTimeout(attach, seconds * 1000).unref();
        }
      };
      void attach();
      return () => {
        isOver = true;
        clearTimeout(timer);
        stop?.();
      };
    },
    close() {
      void opening?.then(
        (source) => source.close?.(),
        () => {},
      );
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof AssayError && error.code === "no-storage";
}

function troubleOf(error: unknown): (ViewEvent & { kind: "trouble" }) | undefined {
  if (isMissing(error)) return undefined;
  return { kind: "trouble", message: error instanceof AssayError ? error.message : "The studies cannot be read." };
}
