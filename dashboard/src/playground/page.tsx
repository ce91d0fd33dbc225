import { render } from "preact";
import { App } from "../app.js";
import { createLiveSource } from "../sources/liveSource.js";
import "../styles/app.css";
import "../styles/playground.css";
import { Controls } from "./controls.js";

const source = createLiveSource(new Worker(new URL("search-worker.js", import.meta.url), { type: "module" }));

render(
  <>
    <Controls search={source} />
    <App
      source={source}
      beginning={<p>Press Search: the search appears here, and you watch it from its first trial on.</p>}
    />
  </>,
  document.getElementById("app")!,
);
