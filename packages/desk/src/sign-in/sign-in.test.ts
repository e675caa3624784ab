import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { QueryClient } from "@tanstack/react-query";
import { createApi } from "../api/client.ts";
import { createSignIn } from "./sign-in.ts";

const SESSION = {
  person: { id: "1", name: "Sam Example", role: "reviewer" },
  station: { id: "example-chat", name: "Example Chat", profile: "platform" },
  may: [],
  expiresAt: "2026-03-14T20:00:00Z",
};
const REFUSED = { type: "x", title: "Not allowed", status: 403, code: "sign-in.refused", detail: "Used." };

/** A station at which a link works once, like the real one. */
function station(link: string | undefined) {
  const asked: string[] = [];
  let isSignedIn = false;
  const api = createApi(async (url, init) => {
    asked.push(`${init?.method ?? "GET"} ${typeof url === "string" ? url : ""}`);
    if (init?.method === "POST") {
      if (link === undefined || isSignedIn) return Response.json(REFUSED, { status: 403 });
      isSignedIn = true;
    }
    return isSignedIn ? Response.json(SESSION) : Response.json({ ...REFUSED, status: 401 }, { status: 401 });
  });
  return { api, asked };
}

const queries = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

suite("signing in by a link", () => {
  test("spends the link once, however often the page is loaded meanwhile", async () => {
    const { api, asked } = station("good");
    const signIn = createSignIn({ api, queries: queries(), linkToken: "good" });
    const results = await Promise.all([signIn(), signIn(), signIn()]);
    assert.deepEqual(results, [{ kind: "signed-in" }, { kind: "signed-in" }, { kind: "signed-in" }]);
    assert.deepEqual(asked, ["POST /api/session"]);
  });

  test("a refused link stays refused, and nobody is told that there was none", async () => {
    const { api, asked } = station(undefined);
    const signIn = createSignIn({ api, queries: queries(), linkToken: "used" });
    const kinds = [(await signIn()).kind, (await signIn()).kind];
    assert.deepEqual(kinds, ["failed", "failed"]);
    assert.deepEqual(asked, ["POST /api/session"]);
  });

  test("without a link, whoever is signed in already goes on; nobody else does", async () => {
    const { api } = station("good");
    const signIn = createSignIn({ api, queries: queries(), linkToken: undefined });
    assert.equal((await signIn()).kind, "no-link");
    await api.call("POST /api/session", { body: { token: "good" } });
    assert.equal((await signIn()).kind, "signed-in");
  });
});
