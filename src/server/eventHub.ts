import type { ViewEvent, ViewSource } from "../view/contract.js";

/** Settings of `createEventHub`. */
export interface EventHubOptions {
  readonly listen: ViewSource["listen"];
  /** Called at each event, before anybody hears of it. */
  readonly onEvent?: (event: ViewEvent) => void;
  /** Open streams at most. Default 100. */
  readonly most?: number;
  /** Default 15. */
  readonly heartbeatSeconds?: number;
  /** Events come at most so often. Default 1. */
  readonly restSeconds?: number;
}

/** Sends the events of a source to any number of pages, as server-sent events. */
export interface EventHub {
  /**
   * A stream for one more page; undefined where there are too many.
   *
   * @param isAgain whether the page had one before, and may have missed something
   */
  open(isAgain: boolean): ReadableStream<Uint8Array> | undefined;
  readonly count: number;
  /** Ends all streams. */
  close(): void;
}

interface Listener {
  /** Writes at once, or as soon as the page has read what it has. */
  send(text: string): void;
  /** A comment that keeps proxies from closing the stream; gives up a page that has read nothing since the last one. */
  beat(): void;
  end(): void;
}

/** Seconds after which a browser connects again, and the mark by which it says that it had a stream before. */
const GREETING = "retry: 2000\nid: 1\n\n";

/** Heartbeats that a page may leave unread. */
const PATIENCE = 4;

export function createEventHub(options: EventHubOptions): EventHub {
  const { listen, onEvent, most = 100, heartbeatSeconds = 15, restSeconds = 1 } = options;
  const listeners = new Set<Listener>();
  const waiting = createEventSum();
  let stopListening: (() => void) | undefined;
  let heart: NodeJS.Timeout | undefined;
  let rest: NodeJS.Timeout | undefined;
  let isClosed = false;

  function broadcast(): void {
    const text = waiting.take();
    if (text === "") {
      rest = undefined;
      return;
    }
    rest = setTimeout(broadcast, restSeconds * 1000).unref();
    for (const listener of [...listeners]) listener.send(text);
  }

  function hear(event: ViewEvent): void {
    onEvent?.(event);
    waiting.add(event);
    if (rest === undefined) broadcast();
  }

  /** Nobody looks at the storage while nobody looks at the dashboard. */
  function update(): void {
    if (listeners.size > 0 && stopListening === undefined) {
      stopListening = listen(hear);
      heart = setInterval(() => {
        for (const listener of [...listeners]) listener.beat();
      }, heartbeatSeconds * 1000).unref();
    }
    if (listeners.size === 0) {
      stopListening?.();
      stopListening = undefined;
      clearInterval(heart);
    }
  }

  return {
    open(isAgain) {
      if (isClosed || listeners.size >= most) return undefined;
      let remove = () => {};
      const { stream, listener } = createListener(() => remove());
      remove = () => {
        listeners.delete(listener);
        update();
      };
      listeners.add(listener);
      update();
      listener.send(isAgain ? `${GREETING}${eventText({ kind: "changed", studies: [] })}` : GREETING);
      return stream;
    },
    get count() {
      return listeners.size;
    },
    close() {
      isClosed = true;
      clearTimeout(rest);
      for (const listener of [...listeners]) listener.end();
      update();
    },
  };
}

function createListener(onEnd: () => void): { stream: ReadableStream<Uint8Array>; listener: Listener } {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  /** What a slow page has not been sent: it grows by distinct messages only, and equal ones count once. */
  let unsent = new Set<string>();
  let missedBeats = 0;
  let isOver = false;

  function end(): void {
    if (isOver) return;
    isOver = true;
    controller.close();
    onEnd();
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given;
      },
      pull() {
        missedBeats = 0;
        if (unsent.size === 0) return;
        const text = [...unsent].join("");
        unsent = new Set();
        controller.enqueue(encoder.encode(text));
      },
      cancel() {
        if (isOver) return;
        isOver = true;
        onEnd();
      },
    },
    { highWaterMark: 1 },
  );

  const send = (text: string): void => {
    if (isOver) return;
    if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(text));
    // Too much was missed to be told one by one.
    else if (unsent.size >= 20) unsent = new Set([eventText({ kind: "changed", studies: [] })]);
    else unsent.add(text);
  };
  const beat = (): void => {
    if ((controller.desiredSize ?? 0) > 0) send(": still here\n\n");
    else if (++missedBeats >= PATIENCE) end();
  };
  return { stream, listener: { send, beat, end } };
}

/** Adds up events until they are sent: studies that changed by name, and the last trouble. */
function createEventSum(): { add(event: ViewEvent): void; take(): string } {
  const studies = new Set<string>();
  let isChanged = false;
  let trouble: ViewEvent | undefined;
  return {
    add(event) {
      if (event.kind === "trouble") {
        trouble = event;
        return;
      }
      isChanged = true;
      for (const name of event.studies) studies.add(name);
    },
    take() {
      const text = isChanged ? eventText({ kind: "changed", studies: [...studies] }) : "";
      const all = text + (trouble === undefined ? "" : eventText(trouble));
      studies.clear();
      isChanged = false;
      trouble = undefined;
      return all;
    },
  };
}

/** JSON has no line ends, so an event is one line of data whatever stands in it. */
function eventText(event: ViewEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
