import type { ComponentChildren } from "preact";
import type { ColourScale, FigureContent } from "../charts/figureContent.js";
import { heightOf } from "../charts/figureContent.js";
import { type LegendItem, LegendMark } from "../charts/legend.js";
import { plainName } from "../format/plainText.js";
import { boldness, textRoom, wrapWords } from "../format/textRoom.js";

const fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Helvetica, Arial, sans-serif";
/** Between the edge of a file and its figure. */
export const sheetPad = 16;
const markRoom = 24;

interface Block {
  readonly content: ComponentChildren;
  readonly height: number;
}

/** A figure as a drawing that stands alone: with a ground, its title, its legend and its note. */
export function FigureSheet({ figure, width }: { readonly figure: FigureContent; readonly width: number }) {
  const inner = width - 2 * sheetPad;
  const plot = heightOf(figure, inner);
  const blocks: Block[] = [
    textBlock(plainName(figure.title), inner, { size: 14, lineHeight: 18, style: "sheet-title" }),
    textBlock(plainName(figure.subject), inner, { size: 12, lineHeight: 16, style: "sheet-text" }),
    legendBlock(figure.legend ?? [], inner),
    ...(figure.scale === undefined ? [] : [scaleBlock(figure.scale)]),
    { content: figure.draw(inner, plot).content, height: plot },
    textBlock(plainName(figure.note ?? "").trim(), inner, { size: 11.5, lineHeight: 15, style: "sheet-text" }),
  ].filter(({ height }) => height > 0);
  let height = sheetPad;
  const placed = blocks.map((block) => {
    const top = height;
    height += block.height + 8;
    return { ...block, top };
  });
  height = Math.ceil(height - 8 + sheetPad);
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      font-family={fonts}
      font-size="11.5"
    >
      <title>{plainName([figure.title, figure.subject].filter((part) => part !== "").join(": "))}</title>
      <desc>{plainName(figure.summary)}</desc>
      <rect class="sheet" width={width} height={height} />
      {placed.map(({ content, top }) => (
        <g key={top} transform={`translate(${sheetPad} ${top})`}>
          {content}
        </g>
      ))}
    </svg>
  );
}

interface TextStyle {
  readonly size: number;
  readonly lineHeight: number;
  readonly style: string;
}

function textBlock(text: string, room: number, { size, lineHeight, style }: TextStyle): Block {
  const lines = wrapWords(text, room, style === "sheet-title" ? size * boldness : size);
  return { content: <TextLines {...{ lines, size, lineHeight, style }} left={0} />, height: lines.length * lineHeight };
}

function TextLines({ lines, left, ...text }: TextStyle & { readonly lines: readonly string[]; readonly left: number }) {
  return lines.map((line, index) => (
    <text key={line} class={text.style} x={left} y={index * text.lineHeight + text.size * 0.95} font-size={text.size}>
      {line}
    </text>
  ));
}

/** Entries beside each other as far as they have room; one that is too long has lines of its own. */
function legendBlock(items: readonly LegendItem[], room: number): Block {
  const text: TextStyle = { size: 12, lineHeight: 16, style: "sheet-text" };
  let [left, top, rowHeight] = [0, 0, 0];
  const placed = items.map((item) => {
    const lines = wrapWords(plainName(item.label), room - markRoom, text.size);
    const width = markRoom + Math.max(0, ...lines.map((line) => textRoom(line, text.size)));
    if (left > 0 && left + width > room) {
      left = 0;
      top += rowHeight;
      rowHeight = 0;
    }
    const place = { item, lines, left, top };
    left += width + 16;
    rowHeight = Math.max(rowHeight, lines.length * text.lineHeight + 2);
    return place;
  });
  const content = placed.map(({ item, lines, ...at }) => (
    <g key={item.label} transform={`translate(${at.left.toFixed(1)} ${at.top})`}>
      <g transform="translate(0 1)">
        <LegendMark item={item} />
      </g>
      <TextLines lines={lines} left={markRoom} {...text} />
    </g>
  ));
  return { content, height: top + rowHeight };
}

function scaleBlock({ title, ramp, low, high }: ColourScale): Block {
  const size = 12;
  const width = 120;
  const start = textRoom(`${title}  ${low}`, size) + 6;
  const content = (
    <>
      <text class="sheet-text" y="11" font-size={size}>{`${title}`}</text>
      <text class="sheet-text" x={start - 6} y="11" font-size={size} text-anchor="end">
        {low}
      </text>
      {ramp.map((colour, step) => (
        <rect
          key={colour}
          x={start + (step * width) / ramp.length}
          y="1"
          width={width / ramp.length + 0.5}
          height="11"
          fill={colour}
        />
      ))}
      <text class="sheet-text" x={start + width + 6} y="11" font-size={size}>
        {high}
      </text>
    </>
  );
  return { content, height: 14 };
}
