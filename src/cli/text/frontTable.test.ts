import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { sampleFrontReport } from "../../../test/sampleReports.js";
import { drawFront, frontFacts } from "./frontTable.js";

const plain = pc.createColors(false);

describe("the front in a terminal", () => {
  const report = sampleFrontReport();
  const lines = drawFront(report, plain);

  it("has a line for each member, and a drawing", () => {
    const { members } = report.front!;
    expect(lines[0]).toBe(`Pareto front of accuracy (largest) and flops (smallest): ${members.length} architectures`);
    for (const { number } of members) {
      expect(lines.filter((line) => line.endsWith(` ${report.trials[number].architecture}`))).not.toEqual([]);
    }
    const drawn = lines.join("").replace(/.*accuracy; ●/, "");
    expect([...drawn].filter((letter) => letter === "●").length).toBeGreaterThan(1);
    expect(Math.max(...lines.slice(members.length + 4).map((line) => line.length))).toBeLessThan(81);
  });

  it("says how large the front is and how near the best", () => {
    const facts = frontFacts(report).map(([name, value]) => `${name}: ${value}`);
    expect(facts[0]).toMatch(/^hypervolume: 123456, down to accuracy 40.00 % and flops 1.00 M MAC/);
    expect(facts[1]).toBe("table's front: 3 of its 12 points found, 98.76 % of its hypervolume covered");
  });

  it("draws no points where the front is a single one, and nothing without a front", () => {
    const front = { ...report.front!, members: report.front!.members.slice(0, 1) };
    expect(drawFront({ ...report, front }, plain).join("\n")).not.toContain("●");
    const { front: _front, ...without } = report;
    expect(drawFront(without, plain)).toEqual([]);
    expect(frontFacts(without)).toEqual([]);
  });
});
