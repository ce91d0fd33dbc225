import type { Direction } from "./pointSteps.js";

/** What a key does while the map has the focus. */
export type MapAction =
  | { readonly kind: "zoom"; readonly factor: number }
  | { readonly kind: "whole" }
  | { readonly kind: "step"; readonly direction: Direction }
  | { readonly kind: "move"; readonly x: number; readonly y: number }
  | { readonly kind: "trial"; readonly step: 1 | -1 }
  | { readonly kind: "choose" }
  | { readonly kind: "leave" };

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
const moves = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] } as const;
/** How much of the view one key press moves it by. */
const stride = 0.2;

/** Undefined for keys that are none of the map's, those of the browser such as Ctrl and + among them. */
export function readKey(
  event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">,
): MapAction | undefined {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const direction = Object.hasOwn(directions, key) ? directions[key] : undefined;
  if (direction !== undefined) {
    const [x, y] = moves[direction];
    return event.shiftKey ? { kind: "move", x: stride * x, y: stride * y } : { kind: "step", direction };
  }
  switch (key) {
    case "+":
    case "=":
      return { kind: "zoom", factor: 2 };
    case "-":
    case "_":
      return { kind: "zoom", factor: 0.5 };
    case "0":
      return { kind: "whole" };
    case "n":
    case "N":
      return { kind: "trial", step: 1 };
    case "p":
    case "P":
      return { kind: "trial", step: -1 };
    case "Enter":
      return { kind: "choose" };
    case "Escape":
      return { kind: "leave" };
    default:
      return undefined;
  }
}
