import type { Addressee } from "./request-record.ts";

/** How each question of `REQUEST_RULES` is put: to whom, by which law, and whose data answer it. */
export interface Way {
  role: Addressee["role"];
  /** Ids of legal routes; absent where none is needed. */
  routes: { GB?: string; US?: string };
  /**
   * Whose retention decides until when it can be answered. `none`: no data that grow old, such as a file that we hold, or events that
   * are still to come.
   */
  kept: "provider" | "network" | "none";
}

const PROVIDER: Way = {
  role: "provider",
  routes: { GB: "gb-provider-request", US: "us-follow-up" },
  kept: "provider",
};
const OPERATOR: Way = {
  role: "network-operator",
  routes: { GB: "gb-communications-data", US: "us-subpoena" },
  kept: "network",
};
const EXCHANGE: Way = {
  role: "exchange",
  routes: { GB: "gb-victim-exchange", US: "us-victim-exchange" },
  kept: "none",
};

/** By the ids of `REQUEST_RULES` and `FLAG_REQUESTS` (agency.md 4.3). */
export const WAYS: Readonly<Record<string, Way>> = {
  "look-up-network": { role: "own-station", routes: {}, kept: "none" },
  "view-file": {
    role: "trained-staff",
    routes: { GB: "gb-agency-view", US: "us-search-warrant" },
    kept: "none",
  },
  "send-file": { ...PROVIDER, role: "sender" },
  "prove-origin": {
    role: "provider",
    routes: { GB: "gb-communications-data", US: "us-preservation" },
    kept: "provider",
  },
  "source-port": PROVIDER,
  "time-zone": PROVIDER,
  "event-as-logged": PROVIDER,
  "complete-event": PROVIDER,
  "outside-the-vpn": PROVIDER,
  "event-address": PROVIDER,
  "account-record": PROVIDER,
  "resolve-two-events": OPERATOR,
  "installation-address": OPERATOR,
  "incident-time": { ...PROVIDER, role: "sender" },
  "later-events": { ...PROVIDER, kept: "none" },
  "send-original": { ...PROVIDER, role: "sender" },
  "identify-victim": EXCHANGE,
  "recent-activity": { ...PROVIDER, kept: "none" },
};

/** A question that no table names is put to the provider. */
export function wayOf(id: string): Way {
  return WAYS[id] ?? PROVIDER;
}
