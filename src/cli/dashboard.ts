import { Command, Option } from "commander";
import { commonOptions, wholeNumber } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay dashboard`. */
export function dashboardCommand(session: Session): Command {
  return new Command("dashboard")
    .description("Show the studies of a file in the browser, live while they run. It only reads.")
    .addOption(commonOptions.storage())
    .addOption(
      new Option("--port <number>", "where it listens")
        .argParser(wholeNumber(0, 65_535))
        .default(undefined, "7077, or the next that is free"),
    )
    .addOption(
      new Option("--host <address>", "listen for other machines too; visitors then need a token").default(
        undefined,
        "127.0.0.1, this machine alone",
      ),
    )
    .addOption(
      new Option(
        "--token [token]",
        "ask visitors for a token: this one, that of ASSAY_DASHBOARD_TOKEN, or a new one that is printed",
      ),
    )
    .addOption(new Option("--until-input-ends", "end with standard input, for whoever started it").hideHelp())
    .addOption(new Option("--json", 'write {"url":"…"} as one line to standard output, and nothing else'))
    .addOption(commonOptions.verbose())
    .addHelpText(
      "after",
      `
On a machine far away, and this one looks at it:
  ssh -N -L 7077:127.0.0.1:7077 far-away      then open http://127.0.0.1:7077/`,
    )
    .action(async (options) => {
      const { runDashboard } = await import("./run/dashboard.js");
      await runDashboard(session, options);
    });
}
