/**
 * The label rule for the head of a figure. Noise is added to a column that may be a test accuracy: a figure that travels
 * without its report must say so.
 *
 * @example
 * describeLabel(report); // "label: noisy(0.14), test_accuracy plus noise, not a validation accuracy"
 */
export function describeLabel(report: { readonly label: string; readonly labelDescription: string }): string {
  const { label, labelDescription } = report;
  if (!label.startsWith("noisy(")) return `label: ${label}`;
  const [column] = labelDescription.split(":", 1);
  const warning = labelDescription.endsWith("This is not a validation accuracy.") ? ", not a validation accuracy" : "";
  return `label: ${label}, ${column} plus noise${warning}`;
}
