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
export { type ChoiceSpace, createChoiceSpace, parseChoiceSpace } from "./space.js";
