import type { ViewEvent, ViewSource } from "../../../src/view/contract.js";

/** What a search in the browser is asked for. */
export interface SearchWish {
  readonly benchmark: string;
  /** Name and options, as on the command line. */
  readonly strategy: string;
  readonly seed: number;
  readonly budget: number;
}

/** What the worker does besides showing. */
export interface SearchControls {
  strategies(): Promise<readonly { readonly name: string; readonly description: string }[]>;
  /** Begins a search and gives the name of its study; it goes on by itself. */
  start(wish: SearchWish): Promise<string>;
  stop(): Promise<void>;
  /** Milliseconds that each evaluation takes, so that one can watch. */
  pace(milliseconds: number): Promise<void>;
}

/** Everything that the page asks of the worker. */
export type WorkerMethods = Omit<ViewSource, "listen"> & SearchControls;

/** A question of the page. */
export interface WorkerCall {
  readonly id: number;
  readonly method: keyof WorkerMethods;
  readonly values: readonly unknown[];
}

/** An answer of the worker, or something that it says by itself. */
export type WorkerMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly problem: { readonly message: string; readonly hint?: string } }
  | { readonly event: ViewEvent };
