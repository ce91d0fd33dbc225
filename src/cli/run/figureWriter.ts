import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AssayError } from "../../errors.js";
import type { FigureBundle, FigureWriter } from "../../view/figures/index.js";
import { frontEndFolder, readFrontEnd } from "./frontEnd.js";

/** Loads what draws the figures: the front end itself, which starts no page outside of a browser. Throws AssayError where that was not built. */
export async function loadFigureWriter(): Promise<FigureWriter> {
  const { style } = readFrontEnd();
  const path = join(frontEndFolder(), "app.js");
  try {
    const { createFigureWriter } = (await import(pathToFileURL(path).href)) as FigureBundle;
    return createFigureWriter(style);
  } catch (error) {
    throw new AssayError(
      "no-front-end",
      `The figures cannot be drawn: ${path} is not there or does not fit.`,
      "In a checkout of the repository, build it: npm run build",
      { cause: error },
    );
  }
}
