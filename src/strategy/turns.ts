/**
 * Runs asynchronous work one after the other, in the order of the calls, so that overlapping calls of `suggest` see what
 * the earlier ones proposed. A failure is its caller's and does not stop the next.
 */
export function createTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
