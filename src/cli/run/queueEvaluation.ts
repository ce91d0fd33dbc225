import type { Evaluator } from "../../evaluator/index.js";
import { openConnection } from "../../evaluator/queue/connection.js";
import { createQueueEvaluator, type QueueEvaluator } from "../../evaluator/queue/queueEvaluator.js";
import { takeQueueUrl } from "../queueUrl.js";
import { note, type Session } from "../session.js";
import type { AskingStudy, OwnEvaluation } from "./ownEvaluation.js";
import type { SearchCommandOptions } from "./searchOptions.js";

/** Opens `--queue`. */
export async function openQueue(
  session: Session,
  { queue: given, timeout }: SearchCommandOptions,
  queue: string,
): Promise<(study: AskingStudy) => OwnEvaluation> {
  const url = takeQueueUrl(given === true ? undefined : given);
  // Before a study is made: a queue that is not there leaves nothing behind.
  await (await openConnection(url)).close();
  return (study) => {
    const open = () =>
      createQueueEvaluator({
        url,
        queue,
        study: study?.id ?? crypto.randomUUID(),
        studyName: study?.name ?? "",
        onMessage: (line) => note(session, line),
        ...(timeout === undefined ? {} : { timeout }),
      });
    return { evaluator: openedLater(session, `queue ${queue}`, open) };
  };
}

/** A study opens its evaluator without waiting; the connection is made with the first request. */
function openedLater(session: Session, name: string, open: () => Promise<QueueEvaluator>): Evaluator {
  let opened: Promise<QueueEvaluator> | undefined;
  return {
    name,
    async evaluate(request) {
      opened ??= open();
      return (await opened).evaluate(request);
    },
    acknowledge(request) {
      void opened?.then((evaluator) => evaluator.acknowledge(request));
    },
    async close() {
      const evaluator = await opened?.catch(() => undefined);
      if (evaluator === undefined) return;
      await evaluator.close();
      const { leftRunning: left } = evaluator;
      if (left > 0)
        note(
          session,
          `${left} ${left === 1 ? "trial goes" : "trials go"} on at workers; assay resume gets what they find`,
        );
    },
  };
}
