import { createCommandEvaluator } from "../../src/evaluator/command/commandEvaluator.js";
import type { Evaluator } from "../../src/evaluator/contract.js";
import type { Scenario } from "./scenario.js";

/** A "training" that prints a lot; its label follows from the text of the architecture. */
const script = `
read -r task
text=$(printf %s "$task" | sed 's/.*"text":"\\([^"]*\\)".*/\\1/')
sum=$(printf %s "$text" | cksum | cut -d' ' -f1)
line=0
while [ $line -lt 400 ]; do echo "line $line of a training that has much to say"; line=$((line + 1)); done
echo "{\\"epoch\\":1,\\"loss\\":1.$sum}"
sleep 0.03
echo "{\\"accuracy\\":0.$sum}"
`;

/** Evaluates with processes whose output is kept in logs. */
export function createTalkativeEvaluator(logFolder: string): Evaluator {
  return createCommandEvaluator({ command: ["sh", "-c", script], logFolder });
}

/** Few trials: each is a process. */
export function talkativeScenario(scenario: Scenario): Scenario {
  const strategy = "regularized-evolution:population=4,tournament=2";
  return { ...scenario, strategy, budget: 14, batch: 4, parallel: 2, asynchronous: false };
}
