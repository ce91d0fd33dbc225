import { acquisitions } from "../../acquisition/index.js";
import { datasets } from "../../dataset/index.js";
import { encodings } from "../../encoding/index.js";
import { trainableSpaces, trainerOptions } from "../../evaluator/index.js";
import { describeOptions, type OptionSchema } from "../../options.js";
import { predictors } from "../../predictor/index.js";
import { spaces } from "../../space/index.js";
import { strategies } from "../../strategy/index.js";
import { print, printJson, type Session } from "../session.js";
import { wrapText } from "../text/wrapText.js";

interface ListOptions {
  readonly json?: boolean;
}

/** An implementation as the lists show it. */
interface Entry {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  readonly options: ReturnType<typeof describeOptions>;
  /** Further facts, a line each. */
  readonly facts?: Readonly<Record<string, string | readonly string[]>>;
}

export function listStrategies(session: Session, options: ListOptions): void {
  showList(session, options, "strategies", Object.values(strategies).map(describe), [
    "Use one:",
    "  assay search --benchmark nasbench201/cifar100 --strategy weaknas:top=50,predictor=ridge",
    "Options of a part stand in brackets: weaknas:predictor=mlp(epochs=50)",
    `Acquisitions for weaknas: ${Object.keys(acquisitions).join(", ")}`,
  ]);
}

export function listPredictors(session: Session, options: ListOptions): void {
  const entries = Object.values(predictors).map((definition) => ({
    ...describe(definition),
    facts: {
      encodings: definition.encodings,
      uncertainty: definition.uncertainty,
    },
  }));
  const known = Object.values(encodings).map(({ name, description }) => `  ${name}: ${description}`);
  showList(session, options, "predictors", entries, [
    "Encodings, the first of a predictor that fits the space is used:",
    ...known,
    "Compare them:",
    "  assay predict --benchmark nasbench201/cifar10 --predictors mlp ridge",
  ]);
}

export function listSpaces(session: Session, options: ListOptions): void {
  showList(session, options, "spaces", Object.values(spaces).map(describe), [
    "Your own space is a YAML or JSON file:",
    "  assay search --space my-space.yaml --evaluate my-objective.mjs",
  ]);
}

export function listDatasets(session: Session, options: ListOptions): void {
  const trainer: Entry = {
    name: "trainer",
    description: "Settings of the built-in trainer, for --trainer",
    source: `networks of ${trainableSpaces.join(", ")}`,
    options: describeOptions(trainerOptions),
  };
  const entries = Object.values(datasets).map(describe);
  if (options.json === true) {
    printJson(session, { schema: 1, datasets: entries, trainer: trainer.options });
    return;
  }
  showList(
    session,
    options,
    "datasets",
    [...entries, trainer],
    [
      "Train on one:",
      "  assay search --space nasbench201 --train hard-digits:images=400 --trainer epochs=10,channels=8",
    ],
  );
}

function describe(definition: {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  readonly options: OptionSchema;
}): Entry {
  const { name, description, source, options } = definition;
  return { name, description, source, options: describeOptions(options) };
}

function showList(
  session: Session,
  { json = false }: ListOptions,
  kind: string,
  entries: readonly Entry[],
  closing: readonly string[],
): void {
  if (json) {
    printJson(session, { schema: 1, [kind]: entries.map(({ facts, ...entry }) => ({ ...entry, ...facts })) });
    return;
  }
  const { out, outColours } = session.terminal;
  const width = Math.min(100, out.columns);
  for (const { name, description, source, options, facts = {} } of entries) {
    print(session, outColours.bold(name));
    print(session, wrapText(description, width, 2));
    print(session, outColours.dim(wrapText(`Source: ${source}`, width, 2)));
    for (const [fact, value] of Object.entries(facts)) {
      print(session, wrapText(`${fact}: ${typeof value === "string" ? value : value.join(", ")}`, width, 2));
    }
    for (const option of options) {
      const head = `${option.name}=${String(option.default)}`;
      print(session, `  ${outColours.cyan(head)}`);
      print(session, wrapText(`${option.description} (${option.type})`, width, 6));
    }
    print(session, "");
  }
  // A command stays on one line, to be copied.
  for (const line of closing) {
    print(session, line.includes("assay ") ? line : wrapText(line, width, line.search(/\S/)));
  }
}
