import { startTask, type TaskTable } from "./tasks.js";
import { packError } from "./workerError.js";
import type { AnswerMessage, SetupMessage, TaskMessage } from "./workerMessage.js";
import { type WorkerPort, workerPort } from "./workerPlatform.js";
import { writePortable } from "./workerPortable.js";

/**
 * Makes a worker entry: a module that calls this and nothing else runs the tasks of the pool that started it.
 *
 * @example
 * // myWorker.ts, bundled to a file whose address is given to createWorkerPool as `workerUrl`
 * serveTasks({ ...predictorTasks, "my-task": (input: number) => input + 1 });
 */
export function serveTasks(tasks: TaskTable): void {
  const port = workerPort();
  port.receive((message) => {
    if ("task" in message) void answer(tasks, message, port);
    else setUp(message);
  });
  port.post({ ready: true });
}

function setUp({ portable }: SetupMessage): void {
  if (portable !== undefined) writePortable(portable);
}

async function answer(tasks: TaskTable, { id, task, input }: TaskMessage, port: WorkerPort): Promise<void> {
  let message: AnswerMessage;
  try {
    message = { id, output: await startTask(tasks, task, input) };
  } catch (error) {
    message = { id, error: packError(error) };
  }
  try {
    port.post(message);
  } catch (error) {
    // The output holds something that structured clone cannot copy, such as a function.
    port.post({ id, error: packError(error) });
  }
}
