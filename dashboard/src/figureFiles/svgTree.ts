import type { ComponentChild, ComponentChildren, FunctionComponent, VNode } from "preact";

/** An element of a drawing, without components. */
export interface SvgElement {
  readonly name: string;
  readonly classes: readonly string[];
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (SvgElement | string)[];
}

/**
 * The elements that components without hooks and effects make: all that figures are drawn with. What only a browser could use, such as
 * event handlers, is left out.
 */
export function expandTree(children: ComponentChildren): (SvgElement | string)[] {
  if (Array.isArray(children)) return children.flatMap((child) => expandTree(child as ComponentChildren));
  const child = children as ComponentChild;
  if (child === null || child === undefined || typeof child === "boolean") return [];
  if (typeof child !== "object") return [String(child)];
  const { type, props } = child as VNode<Record<string, unknown>>;
  if (typeof type === "function") return expandTree((type as FunctionComponent<unknown>)(props) as ComponentChildren);
  const { children: within, class: classes, ...others } = props;
  return [
    {
      name: type,
      classes: String(classes ?? "")
        .split(/\s+/)
        .filter((name) => name !== ""),
      attributes: Object.fromEntries(
        Object.entries(others).filter(
          (entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number",
        ),
      ),
      children: expandTree(within as ComponentChildren),
    },
  ];
}
