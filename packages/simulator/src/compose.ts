import type { Channel, Report, Statement } from "@fairlead/report";
import { claimsOf } from "./claims.ts";
import { senderClock, where, type SenderClock } from "./clock.ts";
import { ownStyle } from "./time.ts";
import { CONDUCT, type Draft } from "./draft.ts";
import { chance, digits, pick } from "./draw.ts";
import type { Random } from "./random.ts";
import { AMENDMENT, CHAT_LINES, NO_CONTENT, NOTES, NOUNS, PRODUCTS, RETRACTION } from "./words.ts";
import { writeEvidence } from "./write-evidence.ts";
import { writePersons } from "./write-persons.ts";

/** A file of a simulated report, as its platform holds it. */
export interface SimulatedFile {
  evidenceId: string;
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface Written {
  report: Report;
  files: SimulatedFile[];
  clock: SenderClock;
}

/** What the writing of a report needs beside its draft. */
export interface Writing {
  seed: string;
  caseNumber: string;
  /** The earlier report that this one amends. */
  amends: string | null;
  /** It takes the earlier report back. */
  retracts?: boolean;
  /** `stand-in`: no bytes are made, and hashes are those of the item's name; equal items still have equal hashes. */
  material: "bytes" | "stand-in";
  review: "stated" | "planned";
  zoneless: "field" | "note";
  listedShare: number;
  /** Draws that belong to the draft: the same case sent again says the same. */
  random: (part: string) => Random;
  /** Draws that belong to this sending of it. */
  sending: Random;
}

/** Writes a draft as the report that the platform's own system hands to its station. */
export function compose(draft: Draft, writing: Writing): Written {
  const { platform } = draft;
  const clock = senderClock(
    draft.time,
    writing.zoneless,
    draft.typed === true ? ownStyle(platform) : draft.time,
  );
  const items = draft.files.map((file, index) => writeEvidence(draft, file, index, writing, clock));
  const channel = channelOf(writing.random("channel"), draft);
  const issuer = platform.name;
  const report: Report = {
    version: 1,
    sender: { kind: "platform", id: platform.id, name: platform.name },
    references: [
      { kind: "this-report", issuer, value: writing.caseNumber },
      ...(draft.names ?? []).map((value) => ({ kind: "prior-report" as const, issuer, value })),
    ],
    incident: {
      type: draft.incident,
      occurred: clock.stateIncident(draft.at),
      ...where("occurredMeaning", meaningOf(draft)),
      platform: platform.name,
      ...where("channel", channel),
    },
    persons: writePersons(draft, writing.random("persons"), clock),
    evidence: items.map(({ evidence }) => evidence),
    claims: [],
    statements: statementsOf(writing.random("statements"), draft, channel),
  };
  report.claims.push(...claimsOf(draft, report, writing, clock));
  if (writing.amends !== null) {
    report.references.push({ kind: "prior-report", issuer, value: writing.amends });
    report.statements.push({ topic: "note", text: writing.retracts === true ? RETRACTION : AMENDMENT });
  }
  const note = clock.note();
  if (note !== undefined) report.statements.push(note);
  return { report, files: items.flatMap(({ file }) => (file === undefined ? [] : [file])), clock };
}

/** What the sender means by the incident's time. Only good ones say. */
function meaningOf({ habit, files }: Draft): string | undefined {
  if (habit !== "good") return undefined;
  return files.length === 0
    ? "When the last message was sent, by our servers' clocks."
    : "When the last file was uploaded, by our servers' clocks.";
}

function channelOf(random: Random, draft: Draft): Channel | undefined {
  const chat: Channel = { kind: "chat", client: draft.platform.name };
  if (CONDUCT.has(draft.incident)) return chat;
  const drawn = random.unit();
  if (drawn < 0.4)
    return { kind: "web-page", urls: [`https://example.com/${pick(random, PRODUCTS)}/${digits(random, 9)}`] };
  return drawn < 0.8 ? { ...chat, room: pick(random, NOUNS) } : undefined;
}

function statementsOf(random: Random, draft: Draft, channel: Channel | undefined): Statement[] {
  const statements: Statement[] = [];
  if (channel?.kind === "chat" && CONDUCT.has(draft.incident) && chance(random, 0.8)) {
    const lines = Array.from({ length: 3 + random.below(5) }, () => pick(random, CHAT_LINES));
    statements.push({ topic: "chat", text: lines.join("\n") });
  }
  const { habit } = draft;
  if (habit === "behaviour-only" || habit === "hash-only")
    statements.push({ topic: "note", text: NO_CONTENT[habit] });
  if (chance(random, 0.3)) statements.push({ topic: "note", text: pick(random, NOTES) });
  return statements;
}
