import "./styles/index.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import manifest from "../package.json" with { type: "json" };
import { MessengerApp } from "./app/messenger-app.tsx";
import { createNavigation } from "./app/navigation.tsx";
import { ElsewherePage, UnfitPage } from "./app/plain-pages.tsx";
import { createPreferenceStore } from "./app/preferences.ts";
import { openTabTalk } from "./app/tab.ts";
import { applyTheme } from "./app/theme.ts";
import { openInBrowser } from "./client/browser.ts";
import type { Messenger } from "./client/types.ts";

const NAME = "fairlead-messenger";
/** How long the other tab may take to finish what it is writing. */
const HAND_OVER_MS = 5_000;

const place = document.getElementById("messenger");
if (place === null) throw new Error("index.html has no element with the id messenger");
const root = createRoot(place);
const preferences = createPreferenceStore(readStorage());
applyTheme(preferences, document.documentElement);
const tabs = openTabTalk(new BroadcastChannel(NAME));

start(0).catch(() => root.render(<UnfitPage />));

/** @param patienceMs how long to wait for a tab that was asked to make way */
async function start(patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  let messenger = await open();
  while (messenger === null && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    messenger = await open();
  }
  if (messenger === null) elsewhere();
  else show(messenger);
}

async function open(): Promise<Messenger | null> {
  return await openInBrowser({
    name: NAME,
    base: window.location.origin,
    client: { version: manifest.version, build: import.meta.env.FAIRLEAD_BUILD },
  });
}

function show(messenger: Messenger): void {
  tabs.onTakenOver(() => {
    elsewhere();
    void messenger.close();
  });
  root.render(
    <StrictMode>
      <MessengerApp
        messenger={messenger}
        preferences={preferences}
        navigation={createNavigation(window)}
        clock={() => Date.now()}
      />
    </StrictMode>,
  );
}

function elsewhere(): void {
  root.render(
    <ElsewherePage
      onUseHere={() => {
        tabs.takeOver();
        start(HAND_OVER_MS).catch(() => root.render(<UnfitPage />));
      }}
    />,
  );
}

/** A browser may forbid storage altogether; preferences are then forgotten, and nothing else. */
function readStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
