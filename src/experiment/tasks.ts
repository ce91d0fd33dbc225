import type { EstimationTable } from "../benchmark/estimation.js";
import type { TaskTable } from "../kernels/tasks.js";
import type { Spec } from "../spec.js";
import { countStep, type ExperimentControl, mustStop } from "./control.js";
import { measurePredictor, type PredictorMeasurement, type Ranked } from "./measurePredictor.js";
import { type ProtocolRun, runProtocol } from "./reproduce/protocolRun.js";
import { runTabular, type TabularRun } from "./runTabular.js";
import { openShared, type SharedBenchmark } from "./sharedBenchmark.js";

/** What a thread needs for one run of one strategy. */
export interface RunTaskInput {
  readonly shared: SharedBenchmark;
  readonly control: ExperimentControl;
  readonly strategy: Spec;
  readonly label: string | undefined;
  readonly budget: number;
  readonly batch: number | undefined;
  readonly estimation: EstimationTable | undefined;
  readonly seed: number;
}

/** What a thread needs to measure one predictor after one fit. */
export interface MeasureTaskInput {
  readonly shared: SharedBenchmark;
  readonly control: ExperimentControl;
  readonly predictor: Spec;
  readonly label: string | undefined;
  readonly against: Ranked;
  /** Size of the largest training sample of the experiment: smaller ones are its beginning. */
  readonly largestTrainSize: number;
  readonly trainSize: number;
  readonly seed: number;
}

/** What a thread needs for one run of a reproduction. */
export interface ProtocolTaskInput {
  readonly shared: SharedBenchmark;
  readonly control: ExperimentControl;
  readonly strategy: Spec;
  readonly label: string;
  readonly samples: number;
  readonly budget: number;
  readonly estimation: EstimationTable | undefined;
  readonly seed: number;
  /** Steps that the run counts for. */
  readonly weight: number;
}

async function run({ shared, control, ...options }: RunTaskInput): Promise<TabularRun | undefined> {
  const stop = new AbortController();
  if (mustStop(control)) return undefined;
  return runTabular({
    ...options,
    ...openShared(shared),
    signal: stop.signal,
    onQuery: () => {
      countStep(control);
      if (mustStop(control)) stop.abort();
    },
  });
}

async function measure({ shared, control, ...options }: MeasureTaskInput): Promise<PredictorMeasurement | undefined> {
  if (mustStop(control)) return undefined;
  const measurement = await measurePredictor({ ...options, ...openShared(shared) });
  countStep(control);
  return measurement;
}

async function protocol({ shared, control, weight, ...options }: ProtocolTaskInput): Promise<ProtocolRun | undefined> {
  if (mustStop(control)) return undefined;
  const outcome = await runProtocol({ ...options, ...openShared(shared) });
  countStep(control, weight);
  return outcome;
}

/** The pieces of experiments that run on other threads. */
export const experimentTasks = {
  "experiment:run": run,
  "experiment:measure": measure,
  "experiment:protocol": protocol,
} satisfies TaskTable;
