/** Lets whatever else waits have its turn: in Node and in browsers. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
