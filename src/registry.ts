import { AssayError, suggestName } from "./errors.js";
import { type OptionSchema, type OptionValues, readOptions } from "./options.js";
import { parseSpec, type Spec } from "./spec.js";

/** Implementations by name. */
export type Registry<Definition> = Readonly<Record<string, Definition>>;

/**
 * The implementation with this name. Throws AssayError with the nearest name where there is none.
 *
 * @param kind what the registry holds, in the singular: "predictor"
 */
export function lookUp<Definition>(kind: string, registry: Registry<Definition>, name: string): Definition {
  if (Object.hasOwn(registry, name)) return registry[name];
  throw new AssayError(
    `unknown-${kind.replaceAll(" ", "-")}`,
    `There is no ${kind} "${name}".`,
    suggestName(name, Object.keys(registry)),
  );
}

/** Finds the implementation that a spec names and checks its options, so that mistakes show before any work is done. */
export function resolve<Definition extends { readonly name: string; readonly options: OptionSchema }>(
  kind: string,
  registry: Registry<Definition>,
  spec: string | Spec,
): { definition: Definition; options: OptionValues; spec: Spec } {
  const parsed = typeof spec === "string" ? parseSpec(spec) : spec;
  const definition = lookUp(kind, registry, parsed.name);
  const options = readOptions(`${kind} ${parsed.name}`, definition.options, parsed.options);
  return { definition, options, spec: parsed };
}
