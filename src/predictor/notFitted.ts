/** The error of a predictor that is asked before it has learnt: a fault in the calling program. */
export function notFitted(name: string): Error {
  return new Error(`The predictor ${name} was asked to predict before it was fitted.`);
}
