import { start } from "./start.js";
import "./styles/app.css";

// The command line loads this file too, to draw the same figures without a browser.
export { createFigureWriter } from "./figureFiles/figureWriter.js";

if (typeof document !== "undefined") start();
