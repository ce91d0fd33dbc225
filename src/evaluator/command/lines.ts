/** Longer lines are no messages: they are dropped without being kept. */
const LONGEST_LINE = 65_536;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Cuts bytes into lines as they come. */
export interface LineReader {
  read(chunk: Uint8Array): void;
  /** Hands over a last line without an end. */
  end(): void;
}

/**
 * Lines end at a line feed or a carriage return (progress bars). Each is decoded on its own, so that bytes that are no UTF-8 spoil
 * only their line. Memory is bounded, whatever comes.
 *
 * @example
 * const reader = createLineReader((line) => console.log(line));
 * process.stdin.on("data", reader.read).on("end", reader.end);
 */
export function createLineReader(onLine: (line: string) => void): LineReader {
  let held: Uint8Array[] = [];
  let length = 0;

  function hold(part: Uint8Array): void {
    length += part.length;
    if (length > LONGEST_LINE) held = [];
    // A chunk is only lent: its memory is used again.
    else if (part.length > 0) held.push(part.slice());
    if (held.length > 256) held = [Buffer.concat(held)];
  }

  function finish(): void {
    const isKept = length > 0 && length <= LONGEST_LINE;
    const line = isKept ? Buffer.concat(held).toString("utf8") : "";
    held = [];
    length = 0;
    if (isKept) onLine(line.charCodeAt(0) === 0xfeff ? line.slice(1) : line);
  }

  return {
    read(chunk) {
      let start = 0;
      for (let i = 0; i < chunk.length; i++) {
        if (chunk[i] !== LINE_FEED && chunk[i] !== CARRIAGE_RETURN) continue;
        hold(chunk.subarray(start, i));
        finish();
        start = i + 1;
      }
      hold(chunk.subarray(start));
    },
    end: finish,
  };
}
