import type { ComponentChildren } from "preact";
import { plainText } from "../format/plainText.js";
import type { ViewProblem } from "../sources/viewProblem.js";
import type { Loaded } from "../state/useView.js";

/** Nothing is there yet, and what would bring it. */
export function EmptyState({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="card state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Something went wrong, and what to do about it. */
export function ErrorState({ problem }: { readonly problem: ViewProblem }) {
  return (
    <div class="card state is-error" role="alert">
      <h2>{plainText(problem.message)}</h2>
      {problem.hint !== undefined && <p>{plainText(problem.hint)}</p>}
    </div>
  );
}

/** Something is on its way; it keeps the room that it will need. */
export function LoadingState({ what, height = 220 }: { readonly what: string; readonly height?: number }) {
  return (
    <div class="card state is-loading" role="status" style={{ minHeight: `${height}px` }}>
      <span class="spinner" aria-hidden="true" />
      <p>{what}</p>
    </div>
  );
}

interface LoadedProps<Content> {
  readonly loaded: Loaded<Content>;
  readonly what: string;
  readonly height?: number;
  readonly children: (content: Content) => ComponentChildren;
}

/** What was loaded, or where it is. Old content stays under a notice where loading it again failed. */
export function WhenLoaded<Content>({ loaded, what, height, children }: LoadedProps<Content>) {
  const { content, problem } = loaded;
  if (content === undefined) {
    return problem === undefined ? (
      <LoadingState what={what} {...(height === undefined ? {} : { height })} />
    ) : (
      <ErrorState problem={problem} />
    );
  }
  return (
    <>
      {problem !== undefined && <p class="notice" role="status">{`Not up to date: ${plainText(problem.message)}`}</p>}
      {children(content)}
    </>
  );
}
