import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createApi } from "./client.ts";
import { DeskError, mayPass } from "./error.ts";

interface Call {
  url: string;
  init: RequestInit;
}

/** A fetch that records its calls and gives the answers in turn. */
function answering(...answers: (Response | Error)[]): { calls: Call[]; fetch: typeof globalThis.fetch } {
  const calls: Call[] = [];
  return {
    calls,
    fetch: async (url, init = {}) => {
      calls.push({ url: typeof url === "string" ? url : "", init });
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new TypeError("nothing answers");
      return answer;
    },
  };
}

const problem = {
  type: "x",
  title: "Not allowed",
  status: 403,
  code: "permission.refused",
  detail: "No.",
  remedy: "Ask.",
};
const refusal = (body: string) => new Response(body, { status: 403 });

async function failure(work: Promise<unknown>): Promise<DeskError> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof DeskError);
    return error;
  }
  throw new assert.AssertionError({ message: "it did not fail" });
}

suite("the client", () => {
  test("fills paths and queries, escaped", async () => {
    const { calls, fetch } = answering(Response.json({}), Response.json({}));
    const api = createApi(fetch);
    await api.call("GET /api/reports/{id}", { path: { id: "../session?x" } });
    await api.call("GET /api/queue", { query: { status: "all", limit: 2, after: "a&b" } });
    assert.equal(calls[0]?.url, "/api/reports/..%2Fsession%3Fx");
    assert.equal(calls[1]?.url, "/api/queue?status=all&limit=2&after=a%26b");
  });

  test("marks what changes something, and only that, as coming from the desk", async () => {
    const { calls, fetch } = answering(Response.json({}), new Response(null, { status: 204 }));
    const api = createApi(fetch);
    await api.call("GET /api/session", {});
    assert.equal(await api.call("DELETE /api/session", {}), undefined);
    assert.equal(new Headers(calls[0]?.init.headers).get("x-fairlead-desk"), null);
    assert.equal(new Headers(calls[1]?.init.headers).get("x-fairlead-desk"), "1");
    assert.ok(calls.every(({ init }) => init.credentials === "same-origin" && init.redirect === "error"));
  });

  test("a refusal carries the station's own words", async () => {
    const error = await failure(
      createApi(answering(refusal(JSON.stringify(problem))).fetch).call("GET /api/peers", {}),
    );
    assert.equal(error.code, "refused");
    assert.equal(error.problem?.detail, "No.");
    assert.equal(error.problem?.remedy, "Ask.");
  });

  test("a refusal is final; silence and a station in trouble may pass", () => {
    assert.equal(mayPass(new DeskError("refused", { ...problem, status: 404 })), false);
    assert.equal(mayPass(new DeskError("refused", { ...problem, status: 503 })), true);
    assert.equal(mayPass(new DeskError("unreachable")), true);
  });

  test("silence is not a refusal", async () => {
    const error = await failure(
      createApi(answering(new TypeError("offline")).fetch).call("GET /api/peers", {}),
    );
    assert.equal(error.code, "unreachable");
  });

  test("an answer that is not the station's is called so", async () => {
    for (const body of ["<html>proxy</html>", "{}", '{"title":1,"status":403,"detail":"x"}', "null", "[]"]) {
      const error = await failure(createApi(answering(refusal(body)).fetch).call("GET /api/peers", {}));
      assert.equal(error.code, "garbled", body);
    }
    const error = await failure(
      createApi(answering(new Response("<html>")).fetch).call("GET /api/peers", {}),
    );
    assert.equal(error.code, "garbled");
  });

  test("a call that the page itself gave up is not an error of the station", async () => {
    const controller = new AbortController();
    controller.abort();
    const aborted = new DOMException("gone", "AbortError");
    await assert.rejects(
      createApi(answering(aborted).fetch).call("GET /api/peers", {}, controller.signal),
      aborted,
    );
  });

  test("evidence is fetched from this station's grants and from nowhere else", async () => {
    const { calls, fetch } = answering(new Response("bytes"));
    const api = createApi(fetch);
    assert.equal(await (await api.content("/api/grants/0199-ab/content")).text(), "bytes");
    for (const path of [
      "https://example.org/api/grants/1/content",
      "//example.org/api/grants/1/content",
      "/api/grants/../session/content",
      "/api/grants/1/content?x",
      "/api/session",
    ])
      assert.equal((await failure(api.content(path))).code, "garbled", path);
    assert.equal(calls.length, 1);
  });
});
