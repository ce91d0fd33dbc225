import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { createSampleViewSource, type SampleViewSource, sampleRow } from "../../test/fixtures/sampleViewSource.js";
import { AssayError } from "../errors.js";
import type { DashboardServer, DashboardServerOptions } from "./dashboardServer.js";
import { createDashboardServer } from "./dashboardServer.js";
import { securityHeaders } from "./securityHeaders.js";

const assets = join(fileURLToPath(new URL("../..", import.meta.url)), "test/fixtures/dashboardAssets");
const token = "a-token-of-a-test";

const open: DashboardServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(options: Partial<DashboardServerOptions> = {}): Promise<DashboardServer> {
  const server = await createDashboardServer({ source: createSampleViewSource(), assets, port: 0, ...options });
  open.push(server);
  return server;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends exactly what a hostile client would: `fetch` mends addresses and sets its own headers. */
function ask(
  { port }: DashboardServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
  body = "",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        resolve({ status: response.statusCode!, headers: response.headers, body: text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function expectSecured({ headers }: Answer): void {
  for (const [name, value] of Object.entries(securityHeaders)) expect(headers[name.toLowerCase()]).toBe(value);
}

describe("pages", () => {
  it("are the files that were there at the start", async () => {
    const server = await serve();
    const page = await ask(server, "/");
    expect(page).toMatchObject({ status: 200, headers: { "content-type": "text/html; charset=utf-8" } });
    expect(page.body).toContain("<title>Stand-in</title>");
    expect((await ask(server, "/index.html")).body).toBe(page.body);
    expect((await ask(server, "/app.css")).headers["content-type"]).toBe("text/css; charset=utf-8");
    expect((await ask(server, "/parts/mark.svg")).headers["content-type"]).toBe("image/svg+xml");
  });

  it("are compressed, and not sent again while they are the same", async () => {
    const server = await serve();
    const whole = await ask(server, "/app.js");
    const small = await ask(server, "/app.js", { "Accept-Encoding": "br, gzip;q=0.5" });
    expect(small.headers["content-encoding"]).toBe("gzip");
    expect(Number(small.headers["content-length"])).toBeLessThan(Number(whole.headers["content-length"]) / 2);
    expect(
      (await ask(server, "/app.js", { "Accept-Encoding": "gzip;q=0" })).headers["content-encoding"],
    ).toBeUndefined();
    const etag = whole.headers.etag!;
    const again = await ask(server, "/app.js", { "If-None-Match": `W/${etag}` });
    expect(again).toMatchObject({ status: 304, body: "" });
    expectSecured(again);
  });

  it.each([
    "/..%2f..%2f..%2fpackage.json",
    "/../../../package.json",
    "/%2e%2e/%2e%2e/package.json",
    "//etc/passwd",
    "/parts",
    "/secret.pem",
    "/app.js%00.html",
    "/%zz",
    "/api",
    "/api/studies/",
  ])("%s is none", async (path) => {
    const answer = await ask(await serve(), path);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toEqual({ error: { message: "There is nothing here." } });
    expectSecured(answer);
  });

  it("say so where they were not built", async () => {
    const answer = await ask(await serve({ assets: join(assets, "nowhere") }), "/");
    expect(answer).toMatchObject({
      status: 503,
      body: "The pages of the dashboard were not built: run npm run build.\n",
    });
  });
});

describe("questions", () => {
  it("are answered by the source", async () => {
    const source = createSampleViewSource();
    const server = await serve({ source });
    const paths = [
      "/api/studies",
      "/api/study?name=first",
      "/api/trials?name=first",
      "/api/trials?name=a%20b&from=100&count=10000",
      "/api/trial?name=first&number=3",
      "/api/map?name=first&method=t-SNE",
      "/api/frame?name=first&decision=2",
      "/api/points?name=first&from=7&count=2",
      "/api/compare?names=first&names=%3Cb%3E&target=-1.5e1",
      "/api/compare?names=first",
    ];
    const answers = [];
    for (const path of paths) answers.push(await ask(server, path));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/json; charset=utf-8" } });
      expect(answer.headers["cache-control"]).toBe("no-store");
      expectSecured(answer);
    }
    expect(JSON.parse(answers[0].body)).toEqual([sampleRow]);
    expect(JSON.parse(answers[4].body)).toEqual({ number: 3, label: null });
    expect(source.calls).toEqual([
      "studies()",
      'study("first")',
      'trials("first", 0, 1000)',
      'trials("a b", 100, 10000)',
      'trial("first", 3)',
      'map("first", "t-SNE")',
      'frame("first", "UMAP", 2)',
      'points("first", 7, 2)',
      'compare(["first","<b>"], -15)',
      'compare(["first"], )',
    ]);
  });

  it.each([
    ["/api/study", '"name" is missing.'],
    ["/api/study?name=", '"name" is missing.'],
    ["/api/study?name=a&name=b", '"name" stands there 2 times.'],
    [`/api/study?name=${"x".repeat(201)}`, '"name" has more than 200 letters.'],
    ["/api/trials?name=a&count=10001", '"count" must be a whole number from 1 to 10000, got "10001".'],
    ["/api/trials?name=a&count=0", '"count" must be a whole number from 1 to 10000, got "0".'],
    ["/api/trials?name=a&from=1e3", /"from" must be a whole number from 0 to .*, got "1e3"/],
    ["/api/trials?name=a&from=0x10", /got "0x10"/],
    ["/api/trials?name=a&from=-1", /got "-1"/],
    ["/api/trial?name=a", /"number" must be a whole number from 0 to .*, got ""/],
    ["/api/map?name=a&method=PCA", '"method" must be UMAP or t-SNE, got "PCA".'],
    ["/api/points?name=a&count=10001", '"count" must be a whole number from 1 to 10000, got "10001".'],
    ["/api/compare", '"names" is missing.'],
    [`/api/compare?${"names=a&".repeat(51)}`, "At most 50 studies can be compared, got 51."],
    ["/api/compare?names=a&target=Infinity", '"target" must be a number, got "Infinity".'],
  ])("%s is refused", async (path, message) => {
    const source = createSampleViewSource();
    const answer = await ask(await serve({ source }), path);
    expect(answer.status).toBe(400);
    const { error } = JSON.parse(answer.body);
    if (typeof message === "string") expect(error.message).toBe(message);
    else expect(error.message).toMatch(message);
    expect(source.calls).toEqual([]);
  });

  it("say what is wrong, and nothing of the inside where that is our fault", async () => {
    const faults: unknown[] = [];
    const failures = {
      map: new TypeError("cannot read properties of /home/somebody"),
      frame: new AssayError("no-space", "The space cannot be opened."),
    };
    const server = await serve({ source: createSampleViewSource(failures), onFault: (error) => faults.push(error) });
    const missing = await ask(server, "/api/study?name=none");
    expect(missing.status).toBe(404);
    expect(JSON.parse(missing.body)).toEqual({
      error: { message: 'There is no study "none".', hint: "Known: first." },
    });
    expect(await ask(server, "/api/frame?name=a&decision=1")).toMatchObject({
      status: 400,
      body: '{"error":{"message":"The space cannot be opened."}}',
    });
    const fault = await ask(server, "/api/map?name=a");
    expect(fault.status).toBe(500);
    expect(fault.body).not.toMatch(/somebody|TypeError|at /);
    expect(faults).toEqual([failures.map]);
    expectSecured(fault);
  });

  it("of many pages at once are worked out once, until something changes", async () => {
    const source = createSampleViewSource();
    const server = await serve({ source, events: { restSeconds: 0 } });
    const twenty = () => Promise.all(Array.from({ length: 20 }, () => ask(server, "/api/studies")));
    const stream = await openStream(server);
    await twenty();
    expect(source.calls).toEqual(["studies()"]);
    source.emit({ kind: "changed", studies: ["first"] });
    await twenty();
    expect(source.calls).toEqual(["studies()", "studies()"]);
    stream.destroy();
  });

  it("that take long are to be asked again, and worked out once", async () => {
    const source = createSampleViewSource();
    let finish = (): void => {};
    const isDone = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let asked = 0;
    const slow = {
      ...source,
      map: async (...words: Parameters<typeof source.map>) => {
        asked++;
        await isDone;
        return await source.map(...words);
      },
    };
    const server = await serve({ source: slow, patienceSeconds: 0.05 });
    expect(await ask(server, "/api/map?name=first")).toMatchObject({ status: 202, body: '{"pending":true}' });
    expect((await ask(server, "/api/map?name=first")).status).toBe(202);
    finish();
    expect((await ask(server, "/api/map?name=first")).status).toBe(200);
    expect(asked).toBe(1);
  });

  it("are compressed where the answer is long", async () => {
    const server = await serve();
    const long = await ask(server, "/api/trials?name=a", { "Accept-Encoding": "gzip" });
    expect(long.headers).toMatchObject({ "content-encoding": "gzip", vary: "Accept-Encoding" });
    expect(
      (await ask(server, "/api/studies", { "Accept-Encoding": "gzip" })).headers["content-encoding"],
    ).toBeUndefined();
  });
});

describe("what is turned away", () => {
  it.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])("%s", async (method) => {
    const answer = await ask(await serve(), "/api/studies", {}, method);
    expect(answer).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
    expectSecured(answer);
  });

  it("bodies, of whatever length", async () => {
    const server = await serve();
    expect((await ask(server, "/api/studies", { "Content-Length": "3" }, "GET", "abc")).status).toBe(413);
    expect((await ask(server, "/", { "Transfer-Encoding": "chunked" }, "GET", "abc")).status).toBe(413);
  });

  it.each([
    "evil.example",
    "evil.example:PORT",
    "localhost",
    "127.0.0.1:1",
    "localhost:PORT.evil.example",
    "0.0.0.0:PORT",
  ])("the host %s (DNS rebinding)", async (host) => {
    const server = await serve();
    for (const path of ["/", "/api/studies", "/app.js"]) {
      const answer = await ask(server, path, { Host: host.replace("PORT", String(server.port)) });
      expect(answer.status).toBe(421);
      expect(answer.body).not.toContain("first");
      expectSecured(answer);
    }
  });

  it.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])("but not the host %s", async (host) => {
    const server = await serve();
    expect((await ask(server, "/api/studies", { Host: `${host}:${server.port}` })).status).toBe(200);
  });

  it("other origins", async () => {
    const server = await serve();
    const withOrigin = async (origin: string) => (await ask(server, "/api/studies", { Origin: origin })).status;
    expect(await withOrigin("https://evil.example")).toBe(403);
    expect(await withOrigin("null")).toBe(403);
    expect(await withOrigin(`http://localhost:${server.port}`)).toBe(403);
    expect(await withOrigin(`http://127.0.0.1:${server.port + 1}`)).toBe(403);
    expect(await withOrigin(`http://127.0.0.1:${server.port}`)).toBe(200);
  });

  it("what other pages load, but not their links", async () => {
    const server = await serve();
    const from = async (path: string, site: string, mode: string) =>
      (await ask(server, path, { "Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode })).status;
    expect(await from("/api/studies", "cross-site", "no-cors")).toBe(403);
    expect(await from("/api/studies", "cross-site", "navigate")).toBe(403);
    expect(await from("/api/events", "same-site", "cors")).toBe(403);
    expect(await from("/app.js", "cross-site", "no-cors")).toBe(403);
    expect(await from("/", "cross-site", "navigate")).toBe(200);
    expect(await from("/api/studies", "same-origin", "cors")).toBe(200);
    expect(await from("/", "none", "navigate")).toBe(200);
  });

  it("long addresses, huge headers, addresses of proxies and what is no HTTP", async () => {
    const server = await serve();
    expect((await ask(server, `/api/study?name=${"x".repeat(70_000)}`)).status).toBe(414);
    expect((await ask(server, "/", { Cookie: "x".repeat(100_000) })).status).toBe(431);
    const other = await ask(server, "http://evil.example/api/studies", { Host: `127.0.0.1:${server.port}` });
    expect(other.status).toBe(400);
    expect((await ask(server, "/..\\..\\package.json")).status).toBe(400);
    const socket = connect(server.port, "127.0.0.1");
    socket.write("EHLO dashboard\r\n\r\n");
    let answer = "";
    socket.on("data", (part) => {
      answer += part;
    });
    await once(socket, "close");
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain("Content-Security-Policy: default-src 'none'");
  });
});

describe("HEAD", () => {
  it("has the headers and no body, and opens no stream", async () => {
    const server = await serve();
    for (const path of ["/", "/api/studies", "/api/events"]) {
      expect(await ask(server, path, {}, "HEAD")).toMatchObject({ status: 200, body: "" });
    }
    expect(server.listeners).toBe(0);
  });
});

describe("the token", () => {
  it("is taken once from the address and becomes a cookie", async () => {
    const server = await serve({ token });
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/?token=${token}`);
    const welcome = await ask(server, `/?token=${token}&view=map`);
    expect(welcome).toMatchObject({ status: 303, headers: { location: "/?view=map", "cache-control": "no-store" } });
    const [cookie] = welcome.headers["set-cookie"]!;
    expect(cookie).toMatch(new RegExp(`^assay-${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`));
    expect(cookie).not.toContain(token);
    expectSecured(welcome);
    const [pair] = cookie.split(";");
    for (const path of ["/", "/app.js", "/api/studies"]) {
      expect((await ask(server, path, { Cookie: `other=1; ${pair}` })).status).toBe(200);
    }
  });

  it("is asked for once more where somebody followed a link on another site: the cookie is held back then", async () => {
    const server = await serve({ token });
    const link = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" };
    const answer = await ask(server, "/", link);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<meta http-equiv="refresh" content="0; url=/">');
    expectSecured(answer);
    expect((await ask(server, "/", { "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate" })).status).toBe(
      401,
    );
    expect((await ask(server, "/app.js", link)).status).toBe(401);
  });

  it("opens the questions to programs", async () => {
    const server = await serve({ token });
    expect((await ask(server, "/api/studies", { Authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it.each<[string, string, Record<string, string>]>([
    ["no token", "/api/studies", {}],
    ["no token for a page", "/", {}],
    ["no token for a file", "/app.js", {}],
    ["no token for events", "/api/events", {}],
    ["another token", "/?token=another-token-of-a-test", {}],
    ["a token in the address of a question", `/api/studies?token=${token}`, {}],
    ["another one for programs", "/api/studies", { Authorization: "Bearer another-token-of-a-test" }],
    ["half of it", "/api/studies", { Authorization: `Bearer ${token.slice(0, -1)}` }],
    ["another scheme", "/api/studies", { Authorization: `Basic ${token}` }],
    ["the token as cookie", "/api/studies", { Cookie: `assay-PORT=${token}` }],
  ])("is needed: %s", async (_, path, headers) => {
    const source = createSampleViewSource();
    const server = await serve({ token, source });
    const sent = Object.entries(headers).map(([name, value]) => [name, value.replace("PORT", String(server.port))]);
    const answer = await ask(server, path, Object.fromEntries(sent));
    expect(answer.status).toBe(401);
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(answer.body).toContain("The dashboard needs its token.");
    expect(answer.body).not.toContain(token);
    expect(source.calls).toEqual([]);
    expectSecured(answer);
  });

  it("is made where other machines reach the server, and two differ", async () => {
    const [one, two] = [await serve({ host: "0.0.0.0" }), await serve({ host: "0.0.0.0" })];
    expect(one.token).toMatch(/^[\w-]{32}$/);
    expect(two.token).not.toBe(one.token);
    expect((await ask(one, "/api/studies")).status).toBe(401);
    const known = { Authorization: `Bearer ${one.token}` };
    expect((await ask(one, "/api/studies", known)).status).toBe(200);
    expect((await ask(one, "/api/studies", { ...known, Host: `evil.example:${one.port}` })).status).toBe(421);
  });

  it("must not be short", async () => {
    await expect(serve({ token: "secret" })).rejects.toThrow(AssayError);
    await expect(serve({ token: "a b c d e f g h i j" })).rejects.toThrow(/16 to 200 letters/);
  });
});

/** Reads a stream of events until it is told to stop. */
async function openStream(server: DashboardServer, headers: Readonly<Record<string, string>> = {}) {
  const sent = request({ host: "127.0.0.1", port: server.port, path: "/api/events", headers, agent: false });
  sent.end();
  const [response] = await once(sent, "response");
  let text = "";
  response.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  response.on("error", () => {});
  sent.on("error", () => {});
  return {
    status: response.statusCode as number,
    headers: response.headers as IncomingHttpHeaders,
    text: () => text,
    /** Resolves when the server has ended it. */
    ended: new Promise<void>((resolve) => response.once("close", resolve)),
    destroy: () => sent.destroy(),
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("events", () => {
  const changed = (...studies: string[]) => `data: ${JSON.stringify({ kind: "changed", studies })}\n\n`;

  it("come to every page, with a greeting, added up while they are many", async () => {
    const source: SampleViewSource = createSampleViewSource();
    const server = await serve({ source, events: { restSeconds: 0.05 } });
    const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(server)));
    expect(server.listeners).toBe(20);
    expect(source.listeners).toBe(1);
    for (const { status, headers } of streams) {
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
      });
      expect(headers["content-security-policy"]).toBe(securityHeaders["Content-Security-Policy"]);
    }
    source.emit({ kind: "changed", studies: ["first"] });
    for (let i = 0; i < 100; i++) source.emit({ kind: "changed", studies: [i % 2 === 0 ? "second" : "third\nline"] });
    source.emit({ kind: "trouble", message: "busy\n\ndata: {}" });
    const trouble = 'data: {"kind":"trouble","message":"busy\\n\\ndata: {}"}\n\n';
    const expected = `retry: 2000\nid: 1\n\n${changed("first")}${changed("second", "third\nline")}${trouble}`;
    await until(() => streams.every((stream) => stream.text().length >= expected.length));
    for (const stream of streams) expect(stream.text()).toBe(expected);
    for (const stream of streams) stream.destroy();
    await until(() => server.listeners === 0);
    expect(source.listeners).toBe(0);
  });

  it("begin with one for a page that comes back", async () => {
    const stream = await openStream(await serve(), { "Last-Event-ID": "1" });
    await until(() => stream.text().endsWith(changed()));
    stream.destroy();
  });

  it("have a heartbeat", async () => {
    const stream = await openStream(await serve({ events: { heartbeatSeconds: 0.02 } }));
    await until(() => stream.text().includes(": still here\n\n: still here\n\n"));
    stream.destroy();
  });

  it("go to a limited number of pages", async () => {
    const server = await serve({ events: { most: 2 } });
    const streams = [await openStream(server), await openStream(server)];
    const refused = await ask(server, "/api/events");
    expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "10" } });
    streams[0].destroy();
    await until(() => server.listeners === 1);
    const third = await openStream(server);
    expect(third.status).toBe(200);
    for (const stream of [...streams, third]) stream.destroy();
  });

  it("are not piled up for a page that reads nothing, and it is given up", async () => {
    const source = createSampleViewSource();
    const server = await serve({ source, events: { heartbeatSeconds: 0.02, restSeconds: 0 } });
    const socket = connect(server.port, "127.0.0.1");
    socket.write(`GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
    socket.pause();
    await until(() => server.listeners === 1);
    const long = "x".repeat(1_000_000);
    for (let i = 0; server.listeners > 0; i++) {
      source.emit({ kind: "changed", studies: [`${i}${long}`] });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    socket.destroy();
  });
});

describe("the end", () => {
  it("comes although pages listen and clients are slow", async () => {
    const source = createSampleViewSource();
    const server = await createDashboardServer({ source, assets, port: 0 });
    const streams = await Promise.all([openStream(server), openStream(server)]);
    const slow = connect(server.port, "127.0.0.1");
    slow.on("error", () => {});
    slow.write("GET / HTTP/1.1\r\nHost: loc");
    await once(slow, "connect");
    await server.close();
    await Promise.all(streams.map(({ ended }) => ended));
    expect(source.listeners).toBe(0);
    expect(server.listeners).toBe(0);
    await expect(ask(server, "/")).rejects.toThrow(/ECONNREFUSED/);
    slow.destroy();
  });
});

describe("ports", () => {
  it("that are taken are refused, or the next one is used", async () => {
    const taken = await serve();
    await expect(serve({ port: taken.port })).rejects.toThrow(`Port ${taken.port} is taken by another program.`);
    const [one, two] = [await serve({ port: undefined } as object), await serve({ port: undefined } as object)];
    for (const { port } of [one, two]) expect(port >= 7077 && port <= 7097).toBe(true);
    expect(two.port).toBeGreaterThan(one.port);
  });

  it("of no address of this machine are refused", async () => {
    await expect(serve({ host: "203.0.113.7", token })).rejects.toThrow(/^Cannot listen on 203\.0\.113\.7/);
  });
});
