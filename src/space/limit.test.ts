import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AssayError } from "../errors.js";
import { formatLimit, type Limit, parseLimit, resolveLimit } from "./limit.js";

const flops = { name: "flops", unit: "MAC" };
const latency = { name: "latency.pixel3", unit: "milliseconds" };
const read = (text: string) => resolveLimit(parseLimit(text), [flops, latency, { name: "size", unit: "" }], "here");

describe("a limit", () => {
  it.each([
    ["flops<=35M", "flops", "at most", 35e6],
    [" flops <= 35 M ", "flops", "at most", 35e6],
    ["flops≤1.1GFLOPs", "flops", "at most", 1.1e9],
    ["flops>=7_800k", "flops", "at least", 7.8e6],
    ["flops≥35MMAC", "flops", "at least", 35e6],
    ["flops<=35MAC", "flops", "at most", 35],
    ["flops<=35e6", "flops", "at most", 35e6],
    ["latency.pixel3<=5ms", "latency.pixel3", "at most", 5],
    ["latency.pixel3<=0.005s", "latency.pixel3", "at most", 5],
    ["latency.pixel3<=5000us", "latency.pixel3", "at most", 5],
    ["latency.pixel3<=5", "latency.pixel3", "at most", 5],
    ["size<=-.5", "size", "at most", -0.5],
    ["size<=1e3k", "size", "at most", 1e6],
  ])("%s is read in the unit of the cost", (text, cost, bound, value) => {
    expect(read(text)).toMatchObject({ cost, bound, value });
  });

  it.each([
    ["flops", /nothing follows the name.*\n.*Quote it/s],
    ["", /the name of a cost comes first/],
    ["<=35M", /the name of a cost comes first/],
    ["flops<35M", /"<" is neither <= nor >=.*\nWrite flops<=35M/s],
    ["flops=<35M", /"=<" is neither.*\nWrite flops<=35M/s],
    ["flops>35M", /\nWrite flops>=35M/],
    ["flops 35M", /no <= or >= follows the name/],
    ["flops<=", /the number is missing/],
    ["flops<=many", /"many" is no number/],
    ["flops<=35m", /"m" is neither k, M, G, T nor a unit.*\nWrite M for millions/s],
    ["flops<=1e400", /too large/],
    ["flops<=35,000", /",000" is neither/],
    ["flops<=5ms", /is in ms, but flops of here is in MAC/],
    ["size<=5ms", /has no unit/],
    ["latency.pixle3<=5ms", /no known cost of here.*\nDid you mean "latency.pixel3"/s],
  ])("%s is refused with what to do", (text, message) => {
    let found: unknown;
    try {
      read(text);
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(AssayError);
    expect(`${(found as AssayError).message}\n${(found as AssayError).hint}`).toMatch(message);
  });

  it("is written so that it is read again", () => {
    const limits = fc.record({
      cost: fc.constantFrom("flops", "latency.pixel3", "size"),
      bound: fc.constantFrom<Limit["bound"]>("at most", "at least"),
      value: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(35e6, 1.1e9)),
    });
    fc.assert(
      fc.property(limits, (written) => {
        const unit = { flops: "MAC", "latency.pixel3": "milliseconds", size: "" }[written.cost]!;
        const limit = { ...written, value: written.value + 0, unit };
        expect(read(formatLimit(limit))).toEqual(limit);
      }),
    );
    expect(formatLimit(read("flops<=35e6"))).toBe("flops<=35M");
    expect(formatLimit(read("latency.pixel3<=0.005s"))).toBe("latency.pixel3<=5ms");
  });

  it("never breaks in another way than with an AssayError", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[a-z.]{0,5}[<>=]{0,3}[0-9.e_+-]{0,6}[a-zA-Z%]{0,4}$/)),
        (text) => {
          try {
            expect(Number.isFinite(parseLimit(text).value)).toBe(true);
          } catch (error) {
            if (!(error instanceof AssayError)) throw error;
          }
        },
      ),
    );
  });
});
