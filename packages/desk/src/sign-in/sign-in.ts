import type { QueryClient } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";
import { sessionQuery } from "../api/queries.ts";

export type SignInResult = { kind: "signed-in" } | { kind: "no-link" } | { kind: "failed"; error: unknown };

interface Needs {
  api: Api;
  queries: QueryClient;
  /** The token of the one-time link that opened the page, if one did. */
  linkToken: string | undefined;
}

/**
 * Signs in by the link that opened the page, or finds whoever is signed in already.
 * @returns a function that may be called any number of times, also while an earlier call waits: the router may load a page
 *   twice, and a one-time link is spent by its first use
 */
export function createSignIn({ api, queries, linkToken }: Needs): () => Promise<SignInResult> {
  const session = sessionQuery(api);
  let spent: Promise<SignInResult> | undefined;

  async function spend(token: string): Promise<SignInResult> {
    try {
      queries.clear();
      queries.setQueryData(session.queryKey, await api.call("POST /api/session", { body: { token } }));
      return { kind: "signed-in" };
    } catch (error) {
      return { kind: "failed", error };
    }
  }

  return async () => {
    if (linkToken !== undefined) {
      spent ??= spend(linkToken);
      const result = await spent;
      if (result.kind === "failed") return result;
    }
    try {
      await queries.ensureQueryData(session);
      return { kind: "signed-in" };
    } catch {
      return { kind: "no-link" };
    }
  };
}
