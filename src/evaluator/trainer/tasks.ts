import type { Dataset } from "../../dataset/contract.js";
import { openDataset } from "../../dataset/index.js";
import type { TaskTable } from "../../kernels/tasks.js";
import { readOptions } from "../../options.js";
import { createSpace } from "../../space/index.js";
import { type TrainingInput, type TrainingOutcome, trainingTask } from "./contract.js";
import { trainerOptions } from "./options.js";
import { trainArchitecture } from "./train.js";

let last: { readonly spec: string; readonly dataset: Promise<Dataset> } | undefined;

/** The data set with this spec; each thread keeps the last one. */
function datasetOf(spec: string): Promise<Dataset> {
  if (last?.spec !== spec) {
    const opened = { spec, dataset: openDataset(spec) };
    last = opened;
    // A failure must not be kept: the files may be there the next time.
    opened.dataset.catch(() => {
      if (last === opened) last = undefined;
    });
  }
  return last.dataset;
}

/** What the trainer runs on other threads. */
export const trainerTasks: TaskTable = {
  async [trainingTask]({ space, dataset, settings, ...rest }: TrainingInput): Promise<TrainingOutcome> {
    return trainArchitecture({
      ...rest,
      space: createSpace(space),
      dataset: await datasetOf(dataset),
      settings: readOptions("trainer", trainerOptions, settings),
    });
  },
};
