export type {
  ChoiceDefinition,
  ChoiceValues,
  ConditionDefinition,
  CostDefinition,
  CostExpression,
  Level,
  ParameterDefinition,
  RangeDefinition,
} from "./definition.js";
export { parseChoiceSpace } from "./file.js";
export { readNamedSpace } from "./named.js";
export { mistake } from "./source.js";
export { type ChoiceSpace, createChoiceSpace } from "./space.js";
