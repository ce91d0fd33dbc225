import { extname, join } from "node:path";
import { AssayError } from "../errors.js";
import { describeContents, type FolderContents, listFolder } from "./files.js";

/** A class and the files of its pictures. */
export interface PictureClass {
  readonly name: string;
  readonly paths: readonly string[];
}

const OTHER_FORMATS = [".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".avif", ".heic"];

/**
 * The classes of a folder: its subfolders, each with PNG files. Other pictures are a mistake, other files are left alone.
 *
 * @param fewest least number of classes
 */
export function pictureClasses(folder: FolderContents, fewest = 2): PictureClass[] {
  if (folder.folders.length < fewest) {
    throw new AssayError(
      "bad-dataset",
      `${folder.path} has ${folder.folders.length} subfolders. ${describeContents(folder)}.`,
      "Give a folder with one subfolder of PNG files for each class, or with such folders in train and test.",
    );
  }
  return folder.folders.map((name) => {
    const contents = listFolder(join(folder.path, name));
    const other = contents.files.find((file) => OTHER_FORMATS.includes(extname(file).toLowerCase()));
    if (other !== undefined) {
      throw new AssayError("bad-dataset", `${join(contents.path, other)} is no PNG file.`, "Convert it to PNG.");
    }
    const paths = contents.files.filter((file) => extname(file).toLowerCase() === ".png");
    if (paths.length > 0) return { name, paths: paths.map((file) => join(contents.path, file)) };
    throw new AssayError(
      "bad-dataset",
      `${contents.path} has no PNG files. ${describeContents(contents)}.`,
      "Every subfolder is a class; remove it, or put its pictures there.",
    );
  });
}
