import type { StoredFront } from "../../experiment/storedFront.js";
import type { Colours } from "../terminal.js";
import { nameFront, writeValue } from "./frontTable.js";
import { plainText, shortText } from "./plainText.js";
import { drawTable, type TableColumn } from "./table.js";

/** The Pareto front of a stored study as a table. */
export function drawStoredFront({ objectives, members }: StoredFront, colours: Colours): string[] {
  const right = (title: string): TableColumn => ({ title, align: "right" });
  const columns = [
    right("trial"),
    ...objectives.map(({ name }) => right(shortText(name, 16))),
    { title: "architecture" },
  ];
  const rows = members.map(({ number, values, architecture }) => [
    String(number),
    ...values.map((value, i) => writeValue(value, objectives[i].unit)),
    plainText(architecture),
  ]);
  return [nameFront(objectives, members.length), "", drawTable(columns, rows, colours)];
}
