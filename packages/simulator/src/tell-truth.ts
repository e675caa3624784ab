import { viewedAsStated } from "./claims.ts";
import type { Writing, Written } from "./compose.ts";
import { eventsOfDraft, type Draft } from "./draft.ts";
import { expectedAfterEnquiries, expectedAtReceipt } from "./expected.ts";
import { itemName, type Item } from "./material.ts";
import { timeErrors } from "./mistakes.ts";
import type { Area } from "./areas.ts";
import { planOf, type ArrestOf } from "./plan.ts";
import type { Random } from "./random.ts";
import type { InjectedError, Plan, Truth } from "./truth.ts";

/** That a report says again what an earlier one said, and how that came about. */
export interface Repeat {
  /** The earlier report's number. */
  of: string;
  by: "amendment" | "second-inlet" | "retraction";
}

export interface Telling {
  /** Name of what the stream is drawn from. */
  profile: string;
  areas: readonly Area[];
  draft: Draft;
  written: Written;
  /** Errors that were made in the report after it was written. */
  made: readonly InjectedError[];
  repeat: Repeat | null;
  writing: Writing;
  /** Milliseconds since 1970 at which the report is received. */
  startAt: number;
  arrestOf: ArrestOf;
  /** One sentence about an item. */
  about: (item: Item) => string;
  /** Draws that belong to the plan. */
  random: (part: string) => Random;
}

/** Writes down what is true about a report, and what the scripted people do with it. */
export function tellTruth(telling: Telling): Truth {
  const { draft, written, repeat, writing, startAt, areas, arrestOf, about, random } = telling;
  const { person } = draft;
  const { report } = written;
  const received = report.evidence.filter((item) => item.received !== undefined).map((item) => item.id);
  const plan = planOf(draft, {
    about,
    areas,
    evidence: received,
    random,
    duplicateOf: repeat?.of ?? null,
    arrestOf,
  });
  const atReceipt = expectedAtReceipt(draft, report, writing, startAt);
  return {
    version: 1,
    profile: telling.profile,
    caseNumber: writing.caseNumber,
    slot: draft.slot.name,
    platform: draft.platform.id,
    habit: draft.habit,
    incident: draft.incident,
    person: person.id,
    account: draft.nameless ? null : draft.account.id,
    accounts: draft.accounts.map(({ id }) => id),
    intent: person.intent,
    country: person.country,
    postcode: person.home?.postcode ?? null,
    force: person.home?.force ?? null,
    networks: eventsOfDraft(draft).map(({ address, country, network }) => ({ address, country, network })),
    files: filesOf(draft, written, about),
    viralItems: [...new Set(draft.files.filter(({ item }) => item.viral).map(({ item }) => itemName(item)))],
    expected: {
      atReceipt,
      afterEnquiries: expectedAfterEnquiries(atReceipt, draft, report, plan, startAt),
    },
    urgency: draft.urgency,
    errors: errorsIn(telling, plan.resolution),
    duplicateOf: repeat?.of ?? null,
    duplicateBy: repeat?.by ?? null,
    plan,
  };
}

/** Everything that was made wrong on purpose in a report and in what a provider answers about it. */
export function errorsIn(
  {
    draft,
    written,
    made,
    writing,
    repeat,
  }: Pick<Telling, "draft" | "written" | "made" | "writing" | "repeat">,
  resolution: Plan["resolution"],
): InjectedError[] {
  return [
    ...timeErrors(written.report, written.clock, draft.time, draft.errors),
    ...made,
    ...viewingErrors({ draft, written, writing }),
    ...planErrors(draft, resolution),
    ...(repeat === null
      ? []
      : [
          {
            kind: "duplicate" as const,
            path: "/references/0/value",
            stated: writing.caseNumber,
            real: repeat.of,
          },
        ]),
  ];
}

function filesOf(draft: Draft, { report }: Written, about: Telling["about"]): Truth["files"] {
  return draft.files.flatMap(({ item, novelty, viewed }, index) => {
    const evidenceId = report.evidence[index]?.id;
    if (evidenceId === undefined) return [];
    const looksLike = item.looksLike === undefined ? null : itemName({ ...item, number: item.looksLike });
    return [{ evidenceId, item: itemName(item), novelty, looksLike, viewed, about: about(item) }];
  });
}

/** Claims that a file was viewed in full although nobody viewed it. */
function viewingErrors({
  draft,
  written,
  writing,
}: Pick<Telling, "draft" | "written" | "writing">): InjectedError[] {
  return draft.files.flatMap((file, index) => {
    if (file.viewed || viewedAsStated(draft, file, index, writing) !== true) return [];
    const id = written.report.evidence[index]?.id;
    const claim = written.report.claims.findIndex(
      ({ about, states }) =>
        about.kind === "evidence" &&
        about.id === id &&
        states.kind === "flag" &&
        states.flag === "viewed-in-full",
    );
    if (claim < 0) return [];
    return [
      {
        kind: "viewed-mis-set",
        path: `/claims/${claim}`,
        stated: "viewed-in-full: true",
        real: "nobody viewed it",
      },
    ];
  });
}

function planErrors(draft: Draft, resolution: Plan["resolution"]): InjectedError[] {
  if (resolution?.addressKind !== "billing") return [];
  return [
    {
      kind: "billing-for-installation",
      path: "/plan/resolution/postcode",
      stated: resolution.postcode,
      real: draft.person.home?.postcode ?? "unknown",
    },
  ];
}
