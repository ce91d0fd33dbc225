const presentation = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"],
  ...["stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order"],
] as const;

const namespace = "http://www.w3.org/2000/svg";

/** A drawing as a file of its own: the styles of the page written into its elements, with title, legend and background. */
export function writeFigure(drawing: SVGSVGElement, title: string): string {
  const copy = freeze(drawing) as SVGSVGElement;
  const width = Number(drawing.getAttribute("width"));
  const height = Number(drawing.getAttribute("height"));
  const legend = drawing.closest("figure")?.querySelectorAll<HTMLElement>(".legend > li") ?? [];
  const page = getComputedStyle(drawing.closest(".card") ?? document.body);
  const ink = getComputedStyle(drawing.closest("figure") ?? document.body).color;

  const file = document.createElementNS(namespace, "svg");
  const head = document.createElementNS(namespace, "g");
  head.append(writeText(title, 12, 22, ink, page.fontFamily, 14, "600"));
  let left = 12;
  let top = 36;
  for (const item of legend) {
    const label = item.textContent ?? "";
    const room = 18 + 6 + label.length * 6.6 + 18;
    if (left > 12 && left + room > width) {
      left = 12;
      top += 18;
    }
    const mark = document.createElementNS(namespace, "g");
    mark.setAttribute("transform", `translate(${left} ${top})`);
    mark.append(...[...item.querySelector("svg")!.children].map(freeze));
    mark.append(writeText(label, 24, 10, ink, page.fontFamily, 12, "400"));
    head.append(mark);
    left += room;
  }
  const below = legend.length > 0 ? top + 24 : 34;
  const background = document.createElementNS(namespace, "rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: page.backgroundColor })) {
    background.setAttribute(name, value);
  }
  const body = document.createElementNS(namespace, "g");
  body.setAttribute("transform", `translate(0 ${below})`);
  body.append(...copy.childNodes);
  for (const [name, value] of Object.entries({
    width,
    height: height + below,
    viewBox: `0 0 ${width} ${height + below}`,
  })) {
    file.setAttribute(name, String(value));
  }
  const description = document.createElementNS(namespace, "desc");
  description.textContent = drawing.getAttribute("aria-label");
  file.append(description, background, head, body);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}

/** A copy of an element that needs no style sheet. What shows only while it is touched stays away. */
function freeze(element: Element): Element {
  const copy = element.cloneNode(false) as Element;
  const style = getComputedStyle(element);
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  for (const name of presentation) {
    const value = style.getPropertyValue(name);
    if (value !== "") copy.setAttribute(name, value);
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      if (!child.hasAttribute("data-passing")) copy.append(freeze(child));
    } else if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
  }
  return copy;
}

function writeText(
  text: string,
  x: number,
  y: number,
  fill: string,
  family: string,
  size: number,
  weight: string,
): Element {
  const element = document.createElementNS(namespace, "text");
  element.textContent = text;
  const attributes = { x, y, fill, "font-family": family, "font-size": size, "font-weight": weight };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
