import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ViewSource } from "../../src/view/contract.js";
import { plainName } from "./format/plainText.js";
import { ComparePage } from "./pages/compare/comparePage.js";
import { StudiesPage } from "./pages/studies/studiesPage.js";
import { StudyPage } from "./pages/study/studyPage.js";
import { TrialPage } from "./pages/trial/trialPage.js";
import { EmptyState } from "./parts/states.js";
import { SkipLink, TopBar } from "./parts/topBar.js";
import { type Route, readRoute, writeRoute } from "./router.js";
import { shareListener } from "./sources/sharedListener.js";
import { SourceProvider } from "./sources/sourceContext.js";
import { applyTheme, readTheme } from "./state/theme.js";
import { useHash } from "./state/useHash.js";

interface AppProps {
  readonly source: ViewSource;
  /** What brings a first study, where that is not a command. */
  readonly beginning?: ComponentChildren;
}

/** The whole front end over a source of views. */
export function App({ source, beginning }: AppProps) {
  const shared = useMemo(() => shareListener(source), [source]);
  const hash = useHash();
  const route = readRoute(hash);
  const trouble = useTrouble(shared);
  useMemo(() => applyTheme(readTheme()), []);
  useNewPage(route);
  return (
    <SourceProvider value={shared}>
      <SkipLink href={hash === "" ? "#/" : hash} />
      <TopBar home="Assay: all studies" trouble={trouble}>
        <Trail route={route} />
      </TopBar>
      <main id="main" tabIndex={-1}>
        <Page route={route} beginning={beginning} />
      </main>
    </SourceProvider>
  );
}

function Page({ route, beginning }: { readonly route: Route; readonly beginning: ComponentChildren }) {
  switch (route.page) {
    case "studies":
      return <StudiesPage beginning={beginning} />;
    case "study":
      return <StudyPage key={route.name} name={route.name} tab={route.tab} state={route.state} />;
    case "trial":
      return <TrialPage key={`${route.number} ${route.name}`} name={route.name} number={route.number} />;
    case "compare":
      return <ComparePage names={route.names} target={route.target} />;
    case "missing":
      return (
        <EmptyState title="There is no such page">
          <p>
            <a href="#/">All studies</a>
          </p>
        </EmptyState>
      );
  }
}

/** Where the page stands, and the way back. */
function Trail({ route }: { readonly route: Route }) {
  if (route.page === "studies" || route.page === "missing") return <nav class="trail" aria-label="Place" />;
  return (
    <nav class="trail" aria-label="Place">
      <ol>
        <li class="trail-first">
          <a href="#/">Studies</a>
        </li>
        {route.page === "compare" && <li aria-current="page">Compare</li>}
        {route.page === "study" && <li aria-current="page">{plainName(route.name)}</li>}
        {route.page === "trial" && (
          <>
            <li>
              <a href={writeRoute({ page: "study", name: route.name, tab: "trials" })}>{plainName(route.name)}</a>
            </li>
            <li aria-current="page" class="trail-last">{`Trial ${route.number}`}</li>
          </>
        )}
      </ol>
    </nav>
  );
}

/** The last trouble of the source, until something works again. */
function useTrouble(source: ViewSource): string | undefined {
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => source.listen((event) => setTrouble(event.kind === "trouble" ? event.message : undefined)), [source]);
  return trouble;
}

/** Names the page in the window's title, and begins each at its top. */
function useNewPage(route: Route): void {
  const title =
    route.page === "study"
      ? `${plainName(route.name)} · Assay`
      : route.page === "trial"
        ? `Trial ${route.number} · ${plainName(route.name)} · Assay`
        : route.page === "compare"
          ? "Compare · Assay"
          : "Studies · Assay";
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = title;
    if (!isFirst.current) scrollTo(0, 0);
    isFirst.current = false;
  }, [title]);
}
