import { AssayError } from "../../errors.js";
import { createGenerator, type Generator } from "../../random/index.js";
import type { Architecture, Enumeration, ParameterView, SearchSpace } from "../contract.js";
import { createCostView } from "./costs.js";
import { countValid } from "./counting.js";
import type { ChoiceDefinition, ChoiceValues } from "./definition.js";
import { createDiagram, isActive, sampleDiagram } from "./diagram.js";
import { createEdits } from "./edits.js";
import { MAXIMUM_DRAWS, rejectedMistake, satisfies } from "./feasibility.js";
import { listValid } from "./listing.js";
import type { ChoiceModel } from "./model.js";
import { readModel } from "./read.js";
import { valuesOf } from "./readExpressions.js";
import { mistake, sourceOfValue } from "./source.js";
import { formatArchitecture, parseArchitecture } from "./text.js";

/** Spaces up to this size are listed, so that strategies can rank all of them. */
const MAXIMUM_LISTED = 200_000;
/** Entries of the list, 2 bytes each. */
const MAXIMUM_ENTRIES = 20_000_000;
/** Steps that counting the architectures of a constrained space may take: a fraction of a second. */
const MAXIMUM_VISITS = 500_000;
/** Draws before a sample is made from the counts instead, where there are any. */
const QUICK_DRAWS = 20;
const MUTATION_ATTEMPTS = 200;

/** A search space of a user. */
export interface ChoiceSpace extends SearchSpace {
  /** False where constraints make the space too large to count: `size` is then an upper bound. */
  readonly sizeIsExact: boolean;
  /** The values of the active parameters, by name. */
  values(architecture: Architecture): ChoiceValues;
}

/**
 * A search space of categorical and ordinal parameters, some of which may exist only under conditions on others, with
 * constraints and costs. Genes are level numbers in the order of the definition, -1 where a parameter is inactive; inactive
 * parameters do not make architectures different. Sampling is uniform over the different valid architectures. Up to 200,000
 * architectures are listed (`enumeration`), sorted by their levels, parents first.
 *
 * Throws AssayError at the first mistake in the definition, with its place.
 *
 * @example
 * const space = createChoiceSpace({ parameters: { kernel: [3, 5, 7], block: ["conv", "pool"] } });
 * space.format(space.sample(createGenerator(1))); // "kernel=5,block=conv"
 */
export function createChoiceSpace(definition: ChoiceDefinition): ChoiceSpace {
  const source = definition?.name === undefined ? "space definition" : `space "${definition.name}"`;
  return buildSpace(readModel(sourceOfValue(definition, { source, field: "" }), "choice"));
}

/** The space of a checked definition. */
export function buildSpace(model: ChoiceModel): ChoiceSpace {
  const { parameters, constraints } = model;
  const genes = parameters.length;
  const diagram = createDiagram(parameters, constraints);
  const edits = createEdits(parameters, diagram);
  const valid = countValid(diagram, constraints, MAXIMUM_VISITS);
  if (valid?.count === 0n) throw rejectedMistake(model, diagram, true);
  if (valid?.count === 1n)
    throw mistake(
      { source: model.source, field: "" },
      "there is only one architecture, so there is nothing to search.",
    );
  const size = valid?.count ?? diagram.count;
  const isListed = size <= BigInt(MAXIMUM_LISTED) && Number(size) * genes <= MAXIMUM_ENTRIES;
  const enumeration =
    valid !== undefined && isListed ? listLazily(Number(size), () => listValid(valid, diagram.order)) : undefined;
  const cost = model.costs.length === 0 ? undefined : createCostView(model);

  const sample = (generator: Generator): Architecture => {
    const architecture = new Int32Array(genes);
    if (enumeration !== undefined && constraints.length > 0) {
      enumeration.write(generator.integer(enumeration.size), architecture);
      return architecture;
    }
    // Both ways are uniform; drawing again is the faster one unless valid architectures are rare.
    const draws = valid?.sample === undefined ? MAXIMUM_DRAWS : QUICK_DRAWS;
    for (let draw = 0; draw < draws; draw++) {
      sampleDiagram(diagram, architecture, generator);
      if (satisfies(constraints, architecture)) return architecture;
    }
    if (valid?.sample !== undefined) {
      valid.sample(architecture, generator);
      return architecture;
    }
    throw rejectedMistake(model, diagram, false);
  };

  const space: ChoiceSpace = {
    name: model.name,
    description: model.description,
    size,
    sizeIsExact: valid !== undefined,
    genes,
    views: { parameters: createParameterView(model), ...(cost === undefined ? {} : { cost }) },
    ...(enumeration === undefined ? {} : { enumeration }),
    sample,
    mutate(architecture, generator) {
      for (let attempt = 0; attempt < MUTATION_ATTEMPTS; attempt++) {
        const mutant = edits.draw(architecture, generator);
        if (satisfies(constraints, mutant)) return mutant;
      }
      const valid = edits.list(architecture, "all").filter((edited) => satisfies(constraints, edited));
      if (valid.length > 0) return valid[generator.integer(valid.length)];
      // Constraints can leave an architecture without any valid edit: then the nearest thing is another one.
      for (let draw = 0; draw < MAXIMUM_DRAWS; draw++) {
        const other = sample(generator);
        if (other.some((gene, i) => gene !== architecture[i])) return other;
      }
      throw rejectedMistake(model, diagram, false);
    },
    neighbours: (architecture) =>
      edits.list(architecture, "adjacent").filter((edited) => satisfies(constraints, edited)),
    canonical(architecture) {
      const settled = architecture.slice();
      for (const index of diagram.order) {
        const parameter = parameters[index];
        if (!isActive(parameter, settled)) settled[index] = -1;
        else if (!(settled[index] >= 0 && settled[index] < parameter.levels.length))
          throw new AssayError(
            "bad-architecture",
            `${parameter.name} of ${model.name} has no level ${settled[index]}.`,
          );
      }
      return settled;
    },
    format: (architecture) => formatArchitecture(parameters, architecture),
    parse(text) {
      const architecture = parseArchitecture(model, diagram.order, text);
      for (const { holds, text: constraint, place } of constraints)
        if (!holds(architecture))
          throw new AssayError(
            "bad-architecture",
            `${formatArchitecture(parameters, architecture)} is not of the space ${model.name}: it breaks ${place.field} (${constraint}).`,
          );
      return architecture;
    },
    values: (architecture) => valuesOf(parameters, architecture),
  };
  trySome(space);
  return space;
}

/** Functions and divisions of users fail at the start, not in the middle of a search. */
function trySome(space: ChoiceSpace): void {
  const generator = createGenerator("first look at a space");
  const cost = space.views.cost;
  const values = new Float64Array(cost?.metrics.length ?? 0);
  for (let i = 0; i < 50; i++) {
    const architecture = space.sample(generator);
    cost?.write(architecture, values);
  }
}

function createParameterView({ parameters }: ChoiceModel): ParameterView {
  return {
    parameters: parameters.map(({ name, kind, levels }) => ({ name, kind, levels })),
    write: (architecture, levels) => levels.set(architecture),
  };
}

/** The list is made when first needed: not every strategy looks at it. */
function listLazily(size: number, make: () => Enumeration): Enumeration {
  let made: Enumeration | undefined;
  const list = (): Enumeration => {
    made ??= make();
    return made;
  };
  return {
    size,
    write: (index, architecture) => list().write(index, architecture),
    indexOf: (architecture) => list().indexOf(architecture),
    // What is switched off has no level in the list.
    isCanonical: true,
  };
}
