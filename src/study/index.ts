export { type SearchOptions, type SearchResult, search } from "./search.js";
export { bestTrial, type Trial } from "./trial.js";
