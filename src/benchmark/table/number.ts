const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * The number that the bytes spell, exactly as `Number` reads it; undefined where they spell none. Digits with a point,
 * which is all that tables hold, take a fast way: a whole number below 2^53 divided by an exact power of ten rounds
 * correctly (Clinger 1990, "How to read floating point numbers accurately").
 */
export function parseNumber(bytes: Buffer, start: number, end: number): number | undefined {
  let position = start;
  const negative = bytes[position] === 45;
  if (negative) position++;
  let digits = 0;
  let decimals = -1;
  let mantissa = 0;
  for (; position < end; position++) {
    const byte = bytes[position];
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + (byte - 48);
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === 46 && decimals < 0) decimals = 0;
    else return parseSlowly(bytes, start, end);
  }
  if (digits === 0) return undefined;
  if (digits > 15) return parseSlowly(bytes, start, end);
  const value = decimals > 0 ? mantissa / powersOfTen[decimals] : mantissa;
  return negative ? -value : value;
}

const spelling = /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^nan$|^-?inf(inity)?$/i;

function parseSlowly(bytes: Buffer, start: number, end: number): number | undefined {
  const text = bytes.toString("latin1", start, end);
  if (!spelling.test(text)) return undefined;
  if (/^nan$/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}
