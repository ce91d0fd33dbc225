import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { findErrorLine } from "./errorLine.js";
import { requireProgram } from "./findProgram.js";
import { createLineReader } from "./lines.js";
import { createTail } from "./tail.js";
import { openTrialLog } from "./trialLog.js";
import { joinWords, splitWords } from "./words.js";

const work = mkdtempSync(join(tmpdir(), "assay-pieces-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Bytes cut at places. */
const cutBytes = fc
  .tuple(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(200), { maxLength: 8 }))
  .map(([bytes, cuts]) => {
    const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
    return { bytes, chunks: places.slice(1).map((end, i) => bytes.subarray(places[i], end)) };
  });

function linesOf(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const reader = createLineReader((line) => lines.push(line));
  for (const chunk of chunks) reader.read(chunk);
  reader.end();
  return lines;
}

describe("lines", () => {
  it("end at line feeds and carriage returns, the last one anywhere", () => {
    expect(linesOf([Buffer.from("a\r\nb\n\n10%\r20%\rc")])).toEqual(["a", "b", "10%", "20%", "c"]);
    expect(linesOf([Buffer.from("\ufeff{}")])).toEqual(["{}"]);
  });

  it("do not depend on how the bytes come", () => {
    fc.assert(
      fc.property(cutBytes, ({ bytes, chunks }) => {
        expect(linesOf(chunks)).toEqual(linesOf([bytes]));
      }),
    );
  });

  it("spoil only themselves where they are no UTF-8 or too long", () => {
    const broken = Uint8Array.of(0xff, 0xfe, 0x0a, 0xc3, 0xa4, 0x0a);
    expect(linesOf([broken])).toEqual(["\ufffd\ufffd", "ä"]);
    const long = Buffer.alloc(70_000, "x");
    expect(linesOf([long, long, Buffer.from("\nnext")])).toEqual(["next"]);
  });
});

describe("tail", () => {
  it("holds the last bytes", () => {
    fc.assert(
      fc.property(cutBytes, fc.nat(50), ({ bytes, chunks }, size) => {
        const tail = createTail(size);
        for (const chunk of chunks) tail.add(chunk);
        const kept = Math.min(size, bytes.length);
        expect([...tail.bytes()]).toEqual([...bytes.subarray(bytes.length - kept)]);
        expect(tail.forgotten).toBe(bytes.length - kept);
      }),
    );
  });
});

describe("log", () => {
  it("keeps all of a short output, and both ends of a long one", () => {
    const path = join(work, "logs", "a.log");
    const short = openTrialLog(path, 10, ["train"])!;
    short.add(Buffer.from("01234"));
    short.add(Buffer.from("56789"));
    short.close("done");
    expect(readFileSync(path, "utf8")).toBe("# train\n0123456789\n# done\n");
    const long = openTrialLog(path, 10, [])!;
    for (let i = 0; i < 1000; i++) long.add(Buffer.from("abcdefghij"));
    expect(readFileSync(path, "utf8")).toBe("abcde");
    long.close("done");
    expect(readFileSync(path, "utf8")).toBe("abcde\n# … 9,990 bytes left out …\nfghij\n# done\n");
  });

  it("is left out where it cannot be written", () => {
    const file = join(work, "file");
    writeFileSync(file, "");
    expect(openTrialLog(join(file, "a.log"), 10, [])).toBeUndefined();
  });
});

describe("error line", () => {
  it.each([
    [
      "Traceback (most recent call last):\n  File …\nRuntimeError: CUDA out of memory\n",
      "RuntimeError: CUDA out of memory",
    ],
    ["torch.cuda.OutOfMemoryError: no\nwarning: leaked semaphore\n", "torch.cuda.OutOfMemoryError: no"],
    ["a.js:1\nthrow new Error('x')\n\nError: x\n    at a.js:1\n\nNode.js v22\n", "Error: x"],
    [
      "python3: can't open file 'x.py': [Errno 2] No such file or directory\n",
      "python3: can't open file 'x.py': [Errno 2] No such file or directory",
    ],
    ["\u001b[31mfatal: bad\u001b[0m\nbye\n", "fatal: bad"],
    ["one\ntwo\u0007\n\n", "two"],
    ["\n", undefined],
  ])("of %j", (output, expected) => {
    expect(findErrorLine(output)).toBe(expected);
  });

  it("is not endless", () => {
    expect(findErrorLine(`Error: ${"x".repeat(5000)}`)).toHaveLength(300);
  });
});

describe("words", () => {
  it.each([
    ["python3 train.py", ["python3", "train.py"]],
    ["  a\tb\n", ["a", "b"]],
    [`a 'b c' "d \\" e" f\\ g h''i`, ["a", "b c", 'd " e', "f g", "hi"]],
    [`"" a`, ["", "a"]],
    ["$HOME *.py | x", ["$HOME", "*.py", "|", "x"]],
    ["", []],
  ])("of %j", (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it.each(["a 'b", 'a "b', "a\\"])("refuses %j", (text) => {
    expect(() => splitWords(text)).toThrow("never closed");
  });

  it("come back as they were joined", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(splitWords(joinWords(words))).toEqual(words);
      }),
    );
  });
});

describe.skipIf(process.platform === "win32")("program", () => {
  const check = (program: string) => requireProgram(program, work, process.env["PATH"] ?? "");

  it("is found on the PATH and by its path", () => {
    expect(() => check("node")).not.toThrow();
    expect(() => check(process.execPath)).not.toThrow();
  });

  it("is missed before anything fails with it", () => {
    writeFileSync(join(work, "train.py"), "", { mode: 0o644 });
    expect(() => check("pyhton3")).toThrow('There is no program "pyhton3" on the PATH.');
    expect(() => check("./none.py")).toThrow(/There is no program \.\/none\.py: looked for/);
    expect(() => check("./train.py")).toThrow("./train.py is not executable.");
    expect(() => check("./.")).toThrow("is a folder");
    expect(() => check("train.py")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("python3 train.py") }),
    );
    expect(() => check("python3 train.py")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("words") }),
    );
  });
});
