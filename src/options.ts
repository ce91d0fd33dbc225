import { z } from "zod";
import { describeIssue } from "./describeIssue.js";
import { AssayError, suggestName } from "./errors.js";

/** The options of an implementation: names, types, limits, defaults and descriptions in one place. */
export type OptionSchema = z.ZodObject;

/** Options as they come from a user: names with numbers, strings, truth values or arrays. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** One line of the documentation of an implementation's options. */
export interface OptionDescription {
  readonly name: string;
  readonly type: string;
  readonly default: unknown;
  readonly description: string;
}

/**
 * Declares options. Every field needs `.default()` and `.describe()`.
 *
 * @example
 * const ridgeOptions = defineOptions({ penalty: z.number().min(0).default(1).describe("L2 penalty") });
 */
export function defineOptions<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape);
}

/**
 * Checks options and fills in defaults. Throws AssayError that names the owner, the option, what was expected and what
 * was given.
 *
 * @example
 * const { penalty } = readOptions("ridge", ridgeOptions, { penalty: 0.1 });
 */
export function readOptions<Schema extends OptionSchema>(
  owner: string,
  schema: Schema,
  values: OptionValues,
): z.output<Schema> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue.code === "unrecognized_keys") {
    const names = Object.keys(schema.shape);
    const hint = names.length === 0 ? `${owner} has no options.` : suggestName(issue.keys[0], names);
    throw new AssayError("unknown-option", `${owner} has no option "${issue.keys[0]}".`, hint);
  }
  const name = issue.path.join(".");
  const given = name in values ? `, got ${JSON.stringify(values[name])}` : "";
  const option = describeOptions(schema).find((one) => one.name === name);
  throw new AssayError(
    "bad-option",
    `Option "${name}" of ${owner}: ${describeIssue(issue)}${given}.`,
    option && `${name}: ${option.description} (default: ${JSON.stringify(option.default)}).`,
  );
}

/** Describes every option of a schema, for `--help`, the lists of the command line and the documentation. */
export function describeOptions(schema: OptionSchema): OptionDescription[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const isDefault = field instanceof z.ZodDefault;
    const type = isDefault ? field.def.innerType : field;
    return {
      name,
      type: typeInWords(type),
      default: isDefault ? field.def.defaultValue : undefined,
      description: (field as z.ZodType).description ?? (type as z.ZodType).description ?? "",
    };
  });
}

/** What a value may be: not by a JSON Schema, whose making would be a thirtieth of all that a browser loads. */
function typeInWords(type: z.core.$ZodType): string {
  if (type instanceof z.ZodEnum) return type.options.join(" | ");
  if (type instanceof z.ZodLiteral) return [...type.values].join(" | ");
  if (type instanceof z.ZodNumber) return type.isInt ? "integer" : "number";
  if (type instanceof z.ZodUnion) return type.options.map(typeInWords).join(" | ");
  if (type instanceof z.ZodOptional || type instanceof z.ZodNullable) return typeInWords(type.unwrap());
  return type instanceof z.ZodString ? "string" : type instanceof z.ZodBoolean ? "boolean" : type._zod.def.type;
}
