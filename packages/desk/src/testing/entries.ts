import type { QueueEntry, QueuePage, Tier } from "../api/shapes.ts";

/** A queue entry for a test: only what the test speaks of differs from an ordinary one. */
export function entry(id: string, part: Partial<QueueEntry> = {}): QueueEntry {
  return {
    id,
    number: id,
    receivedAt: "2026-03-14T09:00:00Z",
    sender: "Example Platform",
    incident: "abuse-material",
    occurred: { raw: "2026-03-14T08:00:00Z", at: "2026-03-14T08:00:00Z", zone: "stated" },
    status: "new",
    tier: "R3",
    evidence: 1,
    samePerson: 0,
    outcomes: [],
    delivery: "none",
    ...part,
  };
}

export function entries(...ids: string[]): QueueEntry[] {
  return ids.map((id) => entry(id));
}

export function tiered(id: string, tier: Tier): QueueEntry {
  return entry(id, { tier });
}

export function page(items: QueueEntry[], next?: string): QueuePage {
  const counts = {
    new: 0,
    referred: 0,
    closed: 0,
    behind: 0,
    byTier: { R1: 0, R2: 0, R3: 0, R4: 0, R5: 0 },
    requests: { open: 0, overdue: 0 },
    bursts: { reports: 0, senders: 0 },
    waiting: 0,
  };
  return { entries: items, counts, ...(next === undefined ? {} : { next }) };
}
