import { expect, test } from "vitest";
import { AssayError } from "../errors.js";
import { reportFailure } from "./failure.js";
import type { Session } from "./session.js";

function report(error: unknown, isStopped: boolean): { code: number; text: string } {
  const parts: string[] = [];
  const plain = (word: string): string => word;
  const session = {
    terminal: {
      err: { write: (part: string) => parts.push(part) },
      errColours: { red: plain, cyan: plain, dim: plain },
    },
    signal: isStopped ? AbortSignal.abort() : new AbortController().signal,
    verbose: false,
  } as unknown as Session;
  const code = reportFailure(error, session);
  return { code, text: parts.join("") };
}

const noRoom = new AssayError("storage-full", "No room. Trial 3 is not recorded: 91.2", "Make room.");

test("a failure says what was wrong and what to do", () => {
  expect(report(noRoom, false)).toEqual({
    code: 2,
    text: "error: No room. Trial 3 is not recorded: 91.2\nhint: Make room.\n",
  });
  expect(report(new Error("x"), false).code).toBe(1);
});

test("whoever stopped it hears only of what could not be kept", () => {
  expect(report(noRoom, true)).toEqual({ ...report(noRoom, false), code: 130 });
  expect(report(new AssayError("evaluation-failed", "All failed."), true)).toEqual({ code: 130, text: "" });
  expect(report(new Error("aborted"), true)).toEqual({ code: 130, text: "" });
});
