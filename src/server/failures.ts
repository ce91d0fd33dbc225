import { AssayError } from "../errors.js";

/** What an answer says where there is no result. */
export interface FailureBody {
  readonly error: { readonly message: string; readonly hint?: string };
}

/** Codes of errors that mean that there is no such thing; all other errors of users are mistakes in what was asked for. */
const missing: readonly string[] = ["no-study", "no-trial", "bad-trial", "no-storage"];

export function failureBody(message: string, hint: string | undefined): FailureBody {
  return { error: { message, ...(hint === undefined ? {} : { hint }) } };
}

/** Status and body for an error. What is our fault says nothing of the inside: paths and code are nobody's business. */
export function describeFailure(error: unknown): { readonly status: 400 | 404 | 500; readonly body: FailureBody } {
  if (error instanceof AssayError) {
    const { code, message, hint } = error;
    return { status: missing.includes(code) ? 404 : 400, body: failureBody(message, hint) };
  }
  const hint = "Run assay dashboard with --verbose to see where it happened.";
  return { status: 500, body: failureBody("The dashboard made a mistake.", hint) };
}
