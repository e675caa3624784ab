import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { I18nProvider } from "react-aria-components";
import type { Api } from "../api/client.ts";
import { ApiProvider } from "../api/context.ts";
import { type QueueMemory, QueueMemoryContext } from "../queue/memory.ts";
import { createSignIn } from "../sign-in/sign-in.ts";
import { NowProvider } from "../time/now.tsx";
import { AnnouncerProvider } from "./announcer.tsx";
import { PreferenceContext, type PreferenceStore } from "./preferences.ts";
import { createDeskRouter } from "./router.tsx";

interface Props {
  api: Api;
  queries: QueryClient;
  preferences: PreferenceStore;
  memory: QueueMemory;
  /** The token of the link that opened the page, if one did. */
  linkToken: string | undefined;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/** The whole desk, given everything that it needs from outside. */
export function Desk({ api, queries, preferences, memory, linkToken, clock }: Props) {
  const [router] = useState(() =>
    createDeskRouter({ api, queries, signIn: createSignIn({ api, queries, linkToken }) }),
  );
  return (
    <I18nProvider locale="en-GB">
      <ApiProvider value={api}>
        <QueryClientProvider client={queries}>
          <PreferenceContext value={preferences}>
            <QueueMemoryContext value={memory}>
              <NowProvider clock={clock}>
                <AnnouncerProvider>
                  <RouterProvider router={router} />
                </AnnouncerProvider>
              </NowProvider>
            </QueueMemoryContext>
          </PreferenceContext>
        </QueryClientProvider>
      </ApiProvider>
    </I18nProvider>
  );
}
