import "./styles/index.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createApi } from "./api/client.ts";
import { Desk } from "./app/desk.tsx";
import { applyTheme } from "./app/theme.ts";
import { createPreferenceStore } from "./app/preferences.ts";
import { createQueryClient } from "./app/query-client.ts";
import { createQueueMemory } from "./queue/memory.ts";
import { takeLinkToken } from "./sign-in/link-token.ts";

const place = document.getElementById("desk");
if (place === null) throw new Error("index.html has no element with the id desk");

const linkToken = takeLinkToken(window);
const preferences = createPreferenceStore(readStorage());
applyTheme(preferences, document.documentElement);
const queries = createQueryClient();

createRoot(place).render(
  <StrictMode>
    <Desk
      api={createApi((input, init) => fetch(input, init))}
      queries={queries}
      preferences={preferences}
      memory={createQueueMemory()}
      linkToken={linkToken}
      clock={() => Date.now()}
    />
  </StrictMode>,
);

/** A browser may forbid storage altogether; the desk then forgets preferences, and nothing else. */
function readStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
