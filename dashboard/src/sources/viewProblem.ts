/** Why something could not be shown, and what to do about it. */
export class ViewProblem extends Error {
  readonly hint: string | undefined;
  readonly status: number | undefined;

  constructor(message: string, hint?: string, status?: number) {
    super(message);
    this.name = "ViewProblem";
    this.hint = hint;
    this.status = status;
  }
}

/** Nobody answered. Somebody may when asked again. */
export class NoAnswer extends ViewProblem {}
