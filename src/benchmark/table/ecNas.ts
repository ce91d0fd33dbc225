import type { PackContents } from "../pack/contents.js";
import { readCells } from "./cells.js";
import { step, type TableConverter } from "./converter.js";
import { type FieldType, readTable } from "./csv.js";
import { createTrainingGatherer, type TrainingMeasure } from "./repeatedTrainings.js";

const fromColumns: Readonly<Record<string, TrainingMeasure>> = {
  train_acc_pct: "train_accuracy",
  val_acc_pct: "valid_accuracy",
  test_acc_pct: "test_accuracy",
  halfway_val_acc_pct: "halfway_valid_accuracy",
  halfway_test_acc_pct: "halfway_test_accuracy",
  train_time_s: "train_time",
  train_energy_kWh: "train_energy",
  train_co2eq_g: "train_emission",
  total_time_s: "total_time",
  total_energy_kWh: "total_energy",
};

/** The sizes of EC-NAS that were published: at most 4 or 5 vertices. */
export type EcNasSize = "4v" | "5v";

/** What the pack of an EC-NAS table says of itself. */
export function describeEcNas(
  size: EcNasSize,
): Pick<PackContents["metadata"], "name" | "title" | "source" | "licence" | "notes"> {
  const notes = {
    "4v": "91 cells of at most 4 vertices, each trained 3 times for 4, 12, 36 and 108 epochs. Its halfway values are those after the first epoch.",
    "5v": "2,532 cells of at most 5 vertices, each trained once, for 4 epochs only: labels are those of a very short training.",
  };
  return {
    name: `ec_nas/${size}`,
    title: `EC-NAS, NAS-Bench-101 cells of at most ${size[0]} vertices with energy`,
    source: "EC-NAS (PedramBakh/EC-NAS-Bench)",
    licence: "MIT",
    notes: [notes[size], "Labels are true validation accuracies: the mean over the repeats of the longest training."],
  };
}

/** Makes the pack of NAS-Bench-101 cells that EC-NAS trained anew, with energy metering. */
export function ecNasConverter(size: EcNasSize): TableConverter {
  const description = describeEcNas(size);
  const path = `ec_nas/ecnas_${size[0]}V9E.csv`;
  return {
    name: description.name,
    title: description.title,
    notes: description.notes,
    version: 2,
    required: [path],
    optional: [],
    async convert(paths, context) {
      await step(context, `reading ${path}`, 0);
      const fields: [string, FieldType][] = [
        ["module_hash", "text"],
        ["n_nodes", "int32"],
        ["adj_upper", "text"],
        ["ops", "text"],
        ["epochs", "int32"],
        ["repeat", "int32"],
        ["params", "int32"],
        ...Object.keys(fromColumns).map((name): [string, FieldType] => [name, "double"]),
      ];
      const table = readTable(paths.get(path)!, new Map(fields));
      const cells = readCells(table);
      const trainings = createTrainingGatherer();
      for (let row = 0; row < table.rows; row++) {
        const values: Partial<Record<TrainingMeasure, number>> = {};
        for (const [column, measure] of Object.entries(fromColumns)) values[measure] = table.numbers(column)[row];
        trainings.add(
          {
            hash: table.text("module_hash")[row],
            epochs: table.numbers("epochs")[row],
            repeat: table.numbers("repeat")[row],
            params: table.numbers("params")[row],
            values,
          },
          () => Int32Array.of(cells.vertices[row], cells.adjacency[row], cells.operations[row]),
        );
      }
      return trainings.finish(description);
    },
  };
}
