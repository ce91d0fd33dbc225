import { render } from "preact";
import { App } from "./app.js";
import { createHttpSource } from "./sources/httpSource.js";
import "./styles/app.css";

render(<App source={createHttpSource("")} />, document.getElementById("app")!);
