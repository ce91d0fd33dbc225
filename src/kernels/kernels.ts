import { Arena, type KernelFunctions } from "./arena.js";
import { kernelModules } from "./generated/modules.js";

/** Memory above this size is given back when the work that needed it is done; less is kept for the next. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** The WebAssembly kernels of one thread. */
export interface Kernels {
  /**
   * Whether multiplication and addition are rounded apart, so that results are the same, bit for bit, on every machine.
   * Otherwise they are fused where the processor can do that, which is up to half as fast again.
   */
  readonly portable: boolean;
  /** Runs synchronous work with memory of the kernels and frees that memory afterwards. May be nested. */
  run<Result>(work: (arena: Arena) => Result): Result;
  /** An empty arena of its own for work that lasts, such as a network. Give it back with `close`: the next `open` takes it over. */
  open(): Arena;
  close(arena: Arena): void;
}

/** Closed arenas that wait for their next use. A memory reserves gigabytes of addresses, so that they are not thrown away. */
const KEPT_ARENAS = 4;

let ofThisThread: Kernels | undefined;

/**
 * The kernels of this thread, made at the first call. They are portable where `ASSAY_PORTABLE=1` is set (the environment
 * variable, or `globalThis.ASSAY_PORTABLE` in a browser) and where there is no relaxed SIMD.
 *
 * @example
 * const { portable } = kernels();
 */
export function kernels(): Kernels {
  ofThisThread ??= createKernels();
  return ofThisThread;
}

/**
 * Kernels of their own, for tests and for comparisons of the two builds.
 *
 * @param options.portable default: as `kernels()` decides
 */
export function createKernels({ portable = isPortableWanted() }: { portable?: boolean } = {}): Kernels {
  const relaxed = portable ? undefined : compileRelaxed();
  const module = relaxed ?? new WebAssembly.Module(decode("plain"));
  let arena: Arena | undefined;
  const closed: Arena[] = [];
  return {
    portable: relaxed === undefined,
    open: () => closed.pop() ?? instantiate(module),
    close(finished) {
      finished.clear();
      if (closed.length < KEPT_ARENAS && finished.bytes <= KEPT_BYTES) closed.push(finished);
    },
    run(work) {
      arena ??= instantiate(module);
      const current = arena;
      const top = current.top;
      try {
        return work(current);
      } finally {
        current.release(top);
        if (current.bytes > KEPT_BYTES && current.isEmpty) arena = undefined;
      }
    },
  };
}

function instantiate(module: WebAssembly.Module): Arena {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const abort = () => {
    throw new Error("a kernel was aborted");
  };
  const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
  return new Arena(instance.exports as unknown as KernelFunctions, memory);
}

function compileRelaxed(): WebAssembly.Module | undefined {
  const bytes = decode("relaxed");
  if (!WebAssembly.validate(bytes)) {
    allowRelaxedSimd();
    if (!WebAssembly.validate(bytes)) return undefined;
  }
  return new WebAssembly.Module(bytes);
}

interface HostProcess {
  readonly env?: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: "node:v8"): { setFlagsFromString(flags: string): void } | undefined;
}

function host(): { readonly process?: HostProcess; readonly ASSAY_PORTABLE?: unknown } {
  return globalThis as unknown as { readonly process?: HostProcess; readonly ASSAY_PORTABLE?: unknown };
}

/** Node 20 knows relaxed SIMD but keeps it behind a flag. Where the flag cannot be set, the plain build runs. */
function allowRelaxedSimd(): void {
  try {
    host().process?.getBuiltinModule?.("node:v8")?.setFlagsFromString("--experimental-wasm-relaxed-simd");
  } catch {
    // An embedder may forbid flags: the caller sees that the module is still refused.
  }
}

function isPortableWanted(): boolean {
  const wanted = host().ASSAY_PORTABLE ?? host().process?.env?.["ASSAY_PORTABLE"];
  return wanted !== undefined && wanted !== "" && wanted !== "0" && wanted !== false && wanted !== "false";
}

/** The modules lie in one string, a slice of each in turn. */
function decode(name: "plain" | "relaxed"): Uint8Array<ArrayBuffer> {
  const { digits, plain, relaxed } = kernelModules;
  const { first, length } = kernelModules[name];
  const turn = plain.length + relaxed.length;
  const bytes = new Uint8Array(Math.ceil(digits.length / 2));
  let size = 0;
  for (let start = first; start < digits.length; start += turn) {
    for (let place = start; place < start + length && digits[place] !== " "; place += 2) {
      bytes[size++] = 16 * digitAt(digits, place) + digitAt(digits, place + 1);
    }
  }
  return bytes.slice(0, size);
}

/** A hexadecimal digit in lower case, by its code: a module has a hundred thousand of them. */
function digitAt(digits: string, place: number): number {
  const code = digits.charCodeAt(place);
  return code < 58 ? code - 48 : code - 87;
}
