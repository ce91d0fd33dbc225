export { createGenerator, type Generator } from "./generator.js";
