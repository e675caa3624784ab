import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { DeskError, isSignedOut } from "../api/error.ts";

/** Answers are kept while they are on a screen. A refusal is final; only silence is asked again. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => noticeSignedOut(error, query.queryKey[0] === "session"),
    }),
    mutationCache: new MutationCache({ onError: (error) => noticeSignedOut(error, false) }),
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 2 && error instanceof DeskError && error.code === "unreachable",
        refetchOnWindowFocus: false,
        networkMode: "always",
      },
      // "online" would keep a decision back while the network is away and send it later, when the person has long turned
      // away from it: a decision is sent now or not at all.
      mutations: { retry: false, networkMode: "always" },
    },
  });

  /** Whichever call hears 401 first, the session is asked, and the shell says that it has ended. */
  function noticeSignedOut(error: unknown, aboutSession: boolean): void {
    if (isSignedOut(error) && !aboutSession) void client.invalidateQueries({ queryKey: ["session"] });
  }
  return client;
}
