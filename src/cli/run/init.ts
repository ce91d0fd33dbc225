import { AssayError, suggestName } from "../../errors.js";
import { print, printJson, type Session } from "../session.js";
import { starters } from "../starter/starters.js";
import { writeStarter } from "../starter/writeStarter.js";
import { wrapText } from "../text/wrapText.js";

/** Options of `assay init`, as the command line gives them. */
export interface InitCommandOptions {
  readonly space?: string;
  readonly json?: boolean;
}

export function runInit(
  session: Session,
  name: string | undefined,
  given: string | undefined,
  { space, json = false }: InitCommandOptions,
): void {
  if (name === undefined) {
    if (space !== undefined) {
      throw new AssayError("missing-starter", "The starter is missing.", `Write: assay init pytorch --space ${space}`);
    }
    listStarters(session, json);
    return;
  }
  if (!Object.hasOwn(starters, name)) {
    throw new AssayError("unknown-starter", `There is no starter "${name}".`, suggestName(name, Object.keys(starters)));
  }
  const names = Object.keys(starters[name].spaces);
  if (space === undefined) {
    throw new AssayError(
      "missing-space",
      "--space is missing: it says what is searched.",
      `Add --space ${names.join(", or --space ")}.`,
    );
  }
  if (!names.includes(space)) {
    throw new AssayError(
      "unknown-space",
      `The starter ${name} does not come for the space "${space}".`,
      suggestName(space, names),
    );
  }
  const folder = given ?? `${name}-${space}`;
  const files = writeStarter({ name, space }, folder);
  if (json) {
    printJson(session, { schema: 1, starter: name, space, folder, files });
    return;
  }
  const { outColours } = session.terminal;
  const command = (words: string) => outColours.cyan(`    ${words}`);
  print(
    session,
    [
      `${folder}: ${files.join(", ")}`,
      "",
      "Next",
      "  go there, and see one training on made-up images, in seconds:",
      command(`cd ${quote(folder)}`),
      command("python3 train.py --quick --architecture example"),
      "  see a search with such trainings:",
      command('assay search --space space.yaml --command "python3 train.py --quick" --budget 12 --parallel 2'),
      "  fetch CIFAR-10 (170 MB), then search for real:",
      command("python3 train.py --download"),
      command('assay search --space space.yaml --command "python3 train.py" --budget 60 --timeout 2h'),
      "  README.md says what to change, and how to use several GPUs.",
    ].join("\n"),
  );
}

function quote(word: string): string {
  return /^[\w./@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function listStarters(session: Session, json: boolean): void {
  const all = Object.values(starters);
  if (json) {
    const listed = all.map(({ spaces, ...rest }) => ({
      ...rest,
      spaces: Object.entries(spaces).map(([name, description]) => ({ name, description })),
    }));
    printJson(session, { schema: 1, starters: listed });
    return;
  }
  for (const { name, description, needs, spaces } of all) {
    print(session, session.terminal.outColours.bold(name));
    const width = Math.min(100, session.terminal.out.columns);
    print(session, wrapText(`${description}. Needs ${needs}.`, width, 2));
    for (const [space, what] of Object.entries(spaces)) {
      print(session, `  ${session.terminal.outColours.cyan(`--space ${space}`)}\n${wrapText(`${what}.`, width, 4)}`);
    }
  }
  print(session, "\nUse one: assay init <starter> --space <name> [folder]");
}
