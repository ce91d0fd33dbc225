import type { ViewEvent, ViewSource } from "../../../src/view/contract.js";

/** The same source with one stream of events for all listeners: browsers open only six connections to a server. */
export function shareListener(source: ViewSource): ViewSource {
  const listeners = new Set<(event: ViewEvent) => void>();
  let isListening = false;
  return {
    studies: () => source.studies(),
    study: (name) => source.study(name),
    trials: (name, from, count) => source.trials(name, from, count),
    trial: (name, number) => source.trial(name, number),
    map: (name, method) => source.map(name, method),
    frame: (name, method, decision) => source.frame(name, method, decision),
    points: (name, from, count) => source.points(name, from, count),
    compare: (names, target) => source.compare(names, target),
    listen(listener) {
      listeners.add(listener);
      if (!isListening) {
        isListening = true;
        source.listen((event) => {
          for (const each of [...listeners]) each(event);
        });
      }
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
