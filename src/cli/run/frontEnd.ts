import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { shippedFolder } from "../../dataset/shippedPacks.js";
import { AssayError } from "../../errors.js";

/** The folder with the built front end. */
export function frontEndFolder(): string {
  const built = shippedFolder(dirname(fileURLToPath(import.meta.url)), "dist");
  return join(built ?? "dist", "dashboard");
}

/** The front end itself. Throws AssayError where it was not built. */
export function readFrontEnd(): { readonly script: string; readonly style: string } {
  const folder = frontEndFolder();
  try {
    return {
      script: readFileSync(join(folder, "app.js"), "utf8"),
      style: readFileSync(join(folder, "app.css"), "utf8"),
    };
  } catch (error) {
    throw new AssayError(
      "no-front-end",
      `The pages of the dashboard are not there: ${folder} lacks app.js or app.css.`,
      "In a checkout of the repository, build them: npm run build",
      { cause: error },
    );
  }
}
