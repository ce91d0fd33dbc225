/**
 * A search that survives: a study in a file, trainings in processes of their own, some of which crash, and the front of accuracy and size.
 * Stop it with Ctrl-C or kill it, and run it again: it goes on.
 *   node examples/study.mjs [file]
 */
import { createChoiceSpace, createCommandEvaluator, createStudy, openStorage, paretoFront, runStudy } from "assay-nas";

const space = createChoiceSpace({
  name: "small-network",
  parameters: { layers: { range: { from: 1, to: 8 } }, width: [8, 16, 32, 64, 128], skip: ["yes", "no"] },
  cost: { params: { unit: "parameters", value: "layers * width * width" } },
});

// Stands for a training script: it reads the task, prints its epochs and the result, and now and then it crashes.
const script = `
  const { parameters, seed, attempt } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
  if (seed % 5 === 0 && attempt === 0) throw new Error("out of memory");
  const { layers, width, skip } = parameters;
  const accuracy = 95 - 40 / layers - 60 / width - (skip === "no" ? 0.3 * layers : 0);
  for (const epoch of [1, 2, 3]) console.log(JSON.stringify({ epoch, train_loss: 2 / epoch }));
  console.log(JSON.stringify({ accuracy }));
`;

const storage = await openStorage(process.argv[2] ?? "study.db");
const evaluator = createCommandEvaluator({ command: [process.execPath, "-e", script], timeout: 60 });
const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
try {
  const study = createStudy({
    name: "first",
    storage,
    mode: "either",
    space,
    seed: 1,
    objectives: "accuracy,params",
    retries: 2,
  });
  console.log(`${study.finished} trials are there`);
  study.on("retry", ({ number, failure }) => console.log(`trial ${number}: ${failure}; once more`));

  // Where the program evaluates by itself: for (const { trial, text } of await study.ask(4)) study.tell(trial, await train(text));
  const ended = await runStudy(study, { evaluator, budget: 16, batch: 4, parallel: 2, signal: stop.signal });
  const trials = study.trials().filter(({ values }) => values !== undefined);
  const front = paretoFront(
    trials.map(({ values }) => values),
    ["maximise", "minimise"],
  );
  console.log(`${ended}: ${study.finished} trials, ${front.length} of them on the front`);
  for (const trial of front.map((place) => trials[place]).sort((a, b) => b.values[0] - a.values[0])) {
    console.log(trial.values[0].toFixed(2), trial.values[1], space.format(study.catalogue.at(trial.architecture)));
  }
  study.close();
} finally {
  await evaluator.close();
  storage.close();
}
