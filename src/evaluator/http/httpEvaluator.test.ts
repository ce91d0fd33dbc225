import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { evaluationRequest, evaluationSpace } from "../../../test/fixtures/evaluationSpace.js";
import { evaluatorConformance } from "../conformance.js";
import type { EpochReport } from "../contract.js";
import { type EvaluationTask, evaluationTaskSchema } from "../task.js";
import { createHttpEvaluator, type HttpEvaluatorOptions } from "./httpEvaluator.js";
import { readHttpAnswer } from "./readHttpAnswer.js";
import { secondsBefore } from "./retry.js";

type Answer = (task: EvaluationTask, request: IncomingMessage, response: ServerResponse, count: number) => unknown;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A service that sends what `answer` gives as JSON, or lets it write the response itself. */
async function serve(answer: Answer): Promise<string> {
  let count = 0;
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const given = answer(evaluationTaskSchema.parse(JSON.parse(text)), request, response, count++);
    if (given !== undefined) response.end(typeof given === "string" ? given : JSON.stringify(given));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/train`;
}

const ask = (url: string, options: Partial<HttpEvaluatorOptions> = {}, further = {}) =>
  createHttpEvaluator({ url, retries: 0, ...options }).evaluate(evaluationRequest(further));

describe("conformance", () => {
  const create = async () => createHttpEvaluator({ url: await serve(({ cost }) => ({ label: cost!["flops"] })) });
  for (const { name, skip, run } of evaluatorConformance(create, evaluationSpace)) it.skipIf(skip)(name, run);
});

it("sends the task, and reads label, metrics and epochs", async () => {
  const heard: EpochReport[] = [];
  const url = await serve((task, { method, headers }) => {
    expect([method, headers["content-type"], headers["authorization"], headers["x-key"]]).toEqual([
      "POST",
      "application/json",
      "Basic YW5uOnNlY3JldCE=",
      "k",
    ]);
    expect(task).toMatchObject({ study: "first", trial: 7, seed: 11, architecture: "kernel=5,block=conv,depth=2" });
    return '{"epochs": [{"epoch": 2, "loss": NaN}, {"loss": 1.5}, {"epoch": 1, "loss": 3}], "accuracy": 93.1, "test": 92}';
  });
  const options = { url: url.replace("//", "//ann:secret!@"), headers: { "x-key": "k" }, study: "first" };
  const onEpoch = (report: EpochReport) => {
    heard.push(report);
    return "continue" as const;
  };
  expect(await createHttpEvaluator(options).evaluate(evaluationRequest({ onEpoch }))).toEqual({
    label: 93.1,
    metrics: { test: 92 },
    curves: { loss: [3, 1.5] },
  });
  expect(heard.map(({ epoch }) => epoch)).toEqual([2, 2, 1]);
});

describe("what cannot be read", () => {
  it.each<[string, string, string]>([
    ["nothing", "", "answered with nothing instead of a JSON object with label or accuracy"],
    ["a page", "<html>\n</html>", "answered with <html> </html> instead of a JSON object with label or accuracy"],
    ["no label", '{"acc": 1}', "expected label or accuracy among the results, got acc"],
    ["NaN", '{"accuracy": NaN}', "accuracy is NaN"],
    ["a strange epoch", '{"epochs": [{"epoch": 0}], "label": 1}', '"epoch" must be a whole number from 1, got 0'],
  ])("%s", (_, body, failure) => {
    expect(readHttpAnswer(body)).toMatchObject({ label: Number.NaN, failure });
  });

  it("is not read to the end where it never ends", async () => {
    const url = await serve((_task, _request, response) => void response.end("x".repeat(100_000)));
    expect((await ask(url, { answerLimit: 1000 })).failure).toBe("the answer is longer than 1,000 bytes");
  });
});

describe("another attempt", () => {
  it("is made where the service is busy or the connection fails", async () => {
    const url = await serve((_task, request, response, count) => {
      if (count === 1) request.socket.destroy();
      if (count > 1) return { label: count };
      if (count === 0) response.writeHead(503, { "retry-after": "0" }).end();
      return undefined;
    });
    expect(await ask(url, { retries: 2 })).toEqual({ label: 2 });
  });

  it("is not made for ever, nor where it would not help", async () => {
    let asked = 0;
    const url = await serve(({ trial }, _request, response) => {
      asked++;
      response.writeHead(trial === 0 ? 429 : 404, { "retry-after": "0" }).end("no such\nmodel");
    });
    expect((await ask(url, { retries: 2 }, { trial: 0 })).failure).toBe("answered 429: no such model (3 attempts)");
    expect((await ask(url, { retries: 2 })).failure).toBe("answered 404: no such model");
    expect(asked).toBe(4);
  });

  it("waits longer each time, or as long as it is asked to", () => {
    expect([1, 2, 3, 6, 7, 99].map((failures) => secondsBefore(failures, undefined, 0))).toEqual([1, 2, 4, 32, 60, 60]);
    expect(secondsBefore(1, "17", 0)).toBe(17);
    expect(secondsBefore(1, "Thu, 01 Jan 1970 00:00:30 GMT", 10_000)).toBe(20);
    expect(secondsBefore(1, "Thu, 01 Jan 1970 00:00:30 GMT", 1e9)).toBe(0);
    expect(secondsBefore(1, "999999", 0)).toBe(3600);
    expect(secondsBefore(2, "soon", 0)).toBe(2);
  });
});

describe("an end", () => {
  it("comes when the time is over, also while it waits for another attempt", async () => {
    const silent = await serve(() => undefined);
    expect((await ask(silent, { timeout: 0.1 })).failure).toBe("took longer than 0.1 s");
    const busy = await serve(
      (_task, _request, response) => void response.writeHead(503, { "retry-after": "999" }).end(),
    );
    expect((await ask(busy, { timeout: 0.3, retries: 5 })).failure).toMatch(/^took longer than 0.3 s/);
  });

  it("comes when the search stops, and says what went wrong before", async () => {
    const controller = new AbortController();
    const url = await serve((_task, _request, response, count) => {
      if (count === 0) response.writeHead(503, { "retry-after": "0" }).end();
      else controller.abort();
    });
    expect((await ask(url, { retries: 5 }, { signal: controller.signal })).failure).toBe(
      "cancelled; before that: answered 503",
    );
  });
});

describe("secrets", () => {
  it("are in no message", async () => {
    const url = "http://ann:secret@127.0.0.1:1/train?key=hidden";
    const evaluator = createHttpEvaluator({ url, retries: 0 });
    const { failure } = await evaluator.evaluate(evaluationRequest());
    expect(failure).toBe("http://127.0.0.1:1/train cannot be reached: nobody listens there");
    expect(evaluator.name).toBe("http://127.0.0.1:1/train");
    const create = (address: string) => () => createHttpEvaluator({ url: address });
    expect(create("//ann:secret@host")).toThrow("The address of the http evaluator cannot be read.");
    expect(create("ftp://ann:secret@host")).toThrow("must begin with http:// or https://.");
    expect(() => createHttpEvaluator({ url, retries: -1 })).toThrow('"retries" of http');
    expect(() => createHttpEvaluator({ url, timeout: 0 })).toThrow('"timeout" of http');
  });
});
