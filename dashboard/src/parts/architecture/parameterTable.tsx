import type { ArchitectureDrawing } from "../../../../src/view/contract.js";
import { plainName } from "../../format/plainText.js";
import { ScrollRegion } from "../scrollRegion.js";

/** Longer tables scroll, so that what stands below them is found. */
const mostRows = 16;

/** The choices that make an architecture; those that a condition switches off are pale. */
export function ParameterTable({
  parameters,
}: {
  readonly parameters: NonNullable<ArchitectureDrawing["parameters"]>;
}) {
  return (
    <ScrollRegion label="Parameters" isAcross={parameters.length <= mostRows}>
      <table class="table is-compact">
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ name, value, isActive }) => (
            <tr key={name} class={isActive ? "" : "is-pale"}>
              <th scope="row">{plainName(name)}</th>
              <td>{isActive ? plainName(value) : `${plainName(value)} (switched off)`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
