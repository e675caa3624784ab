import type { QueryClient } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";
import type { Api } from "../api/client.ts";
import { sessionQuery } from "../api/queries.ts";

export type SignInResult = { kind: "no-link" } | { kind: "failed"; error: unknown };

interface Needs {
  api: Api;
  queries: QueryClient;
  /** Gives the link's token once. */
  linkToken: () => string | undefined;
}

/** Spends the one-time link that brought somebody here and sends them to the queue; returns why not, if not. */
export async function signIn({ api, queries, linkToken }: Needs): Promise<SignInResult> {
  const token = linkToken();
  try {
    if (token === undefined) {
      await queries.ensureQueryData(sessionQuery(api));
    } else {
      queries.clear();
      const session = await api.call("POST /api/session", { body: { token } });
      queries.setQueryData(sessionQuery(api).queryKey, session);
    }
  } catch (error) {
    return token === undefined ? { kind: "no-link" } : { kind: "failed", error };
  }
  // oxlint-disable-next-line typescript/only-throw-error -- TanStack Router's redirects are thrown responses
  throw redirect({ to: "/", replace: true });
}
