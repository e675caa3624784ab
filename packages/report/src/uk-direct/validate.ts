import type { z } from "zod";
import type { Problem } from "../problem.ts";
import { pointer } from "../validate.ts";
import { type UkItems, type UkReport, ukReportSchema } from "./document.ts";
import { isRecentLogin } from "./items-of.ts";
import { UK_ITEM_IDS, UK_ITEMS, type UkItemId } from "./law.ts";
import { held } from "./to-report.ts";

/** `refuses`: a report with it is not made. `remark`: it is made, and whoever reads it is told. */
export interface UkProblem extends Problem {
  weight: "refuses" | "remark";
}

export type UkValidation =
  | { ok: true; document: UkReport; remarks: UkProblem[] }
  | { ok: false; problems: UkProblem[] };

/**
 * Checks a value against the profile: shape first, then what the law asks and what fields say against each other.
 * @param value anything, typically parsed JSON
 * @param now milliseconds since 1970 of whoever checks
 */
export function validateUkReport(value: unknown, now: number): UkValidation {
  const parsed = ukReportSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(shapeProblem) };
  const problems = ukProblemsOf(parsed.data, now);
  const refuses = problems.some(({ weight }) => weight === "refuses");
  return refuses ? { ok: false, problems } : { ok: true, document: parsed.data, remarks: problems };
}

/** What is wrong with a document that has the right shape: what refuses it, and what is only remarked on. */
export function ukProblemsOf(document: UkReport, now: number): UkProblem[] {
  return [
    ...priority(document),
    ...links(document),
    ...reporter(document),
    ...content(document),
    ...declaration(document),
    ...standings(document),
    ...persons(document),
    ...connections(document),
    ...logins(document, now),
  ];
}

function shapeProblem(issue: z.core.$ZodIssue): UkProblem {
  return {
    weight: "refuses",
    code: `uk.shape.${issue.code.replaceAll("_", "-")}`,
    path: pointer(issue.path),
    message: issue.message,
    remedy:
      "Send the field in the form that the profile names; an item that is not known says so by its state.",
  };
}

function refuses(code: string, path: string, message: string, remedy: string): UkProblem {
  return { weight: "refuses", code, path, message, remedy };
}

function remark(code: string, path: string, message: string, remedy: string): UkProblem {
  return { weight: "remark", code, path, message, remedy };
}

function priority({ priority: { level, why } }: UkReport): UkProblem[] {
  if (level === "P3" || why !== undefined) return [];
  return [
    refuses(
      "uk.priority.no-reason",
      "/priority/why",
      `The report is ${level} and does not say why.`,
      "Say what the threat is and how it is known, or choose P3.",
    ),
  ];
}

function links({ provider, links: stated }: UkReport): UkProblem[] {
  const bare = stated.flatMap(({ basis, evidence }, index) =>
    evidence.trim() !== ""
      ? []
      : [
          refuses(
            "uk.link.no-evidence",
            `/links/${index}/evidence`,
            `The link "${basis}" has no evidence.`,
            "Say what shows this link (s.70: the provider has evidence of it), or leave the link out.",
          ),
        ],
  );
  if (provider.established === "uk" || stated.length > 0) return bare;
  return [
    refuses(
      "uk.link.none",
      "/links",
      "The provider is established elsewhere, and nothing links the content to the United Kingdom.",
      "Name the link, or do not report here: such a provider reports only what is linked to the United Kingdom (s.66).",
    ),
  ];
}

function reporter({ items, people }: UkReport): UkProblem[] {
  const path = "/items/reporting-person";
  const value = held(items["reporting-person"]);
  const named = people.some(
    ({ key, firstName, lastName }) =>
      value?.people.includes(key) === true && (firstName ?? lastName) !== undefined,
  );
  if (named && value !== undefined && value.handles.length > 0) return [];
  return [
    refuses(
      "uk.reporter.missing",
      path,
      "Nobody is named who makes the report and can be reached.",
      "Give a name, and an e-mail address or a telephone number.",
    ),
  ];
}

function content({ items }: UkReport): UkProblem[] {
  if (items["detected-content"].state !== "not-asked") return [];
  return [
    refuses(
      "uk.content.not-asked",
      "/items/detected-content",
      "Nobody has said whether the content that was detected is held.",
      "Add the content, or say that it is not held and why.",
    ),
  ];
}

/** A report at once is not held back by what is still to be looked for: a subsequent report brings the rest. */
function declaration({ declaration: declared, items, priority: { level } }: UkReport): UkProblem[] {
  const say = level === "P1" ? remark : refuses;
  if (!declared)
    return [
      say(
        "uk.declaration.missing",
        "/declaration",
        "The report does not declare that all reasonably available information is included.",
        "Look for every item and declare it, or send the rest at once as a subsequent report where life is at risk.",
      ),
    ];
  // The content has a rule of its own.
  const open = UK_ITEM_IDS.filter(
    (id) => items[id].state === "not-asked" && id !== "detected-content" && isSeparate(id, items),
  );
  return open.map((id) =>
    say(
      "uk.declaration.not-asked",
      `/items/${id}`,
      "The report declares that everything is included, but nobody has looked for this item.",
      "Look for it: give it, or say that it is not held.",
    ),
  );
}

/** A part of an item that is not there at all needs no word of its own. */
function isSeparate(id: UkItemId, items: UkItems): boolean {
  const whole = UK_ITEMS.find((found) => found.id === id)?.partOf;
  return whole === undefined || items[whole].state === "held";
}

/** "Held" gives something, and a part is held only with its whole. */
function standings({ items }: UkReport): UkProblem[] {
  return UK_ITEM_IDS.flatMap((id) => {
    const item = items[id];
    if (item.state !== "held" || !isEmpty(id, items)) return [];
    return [
      refuses(
        "uk.item.empty",
        `/items/${id}`,
        "The item is said to be held, and nothing is given.",
        "Give what is held, or say that it is not held.",
      ),
    ];
  });
}

function isEmpty(id: UkItemId, items: UkItems): boolean {
  const { "upload-connection": uploads, phone } = items;
  const events = [...(held(uploads)?.files ?? []), ...(held(uploads)?.people ?? [])].map(
    ({ event }) => event,
  );
  if (id === "upload-port") return !events.some(({ port }) => port !== undefined);
  if (id === "upload-connection-time") return !events.some(({ moment }) => moment !== undefined);
  if (id === "phone-verified-on")
    return !(held(phone) ?? []).some(({ identifier }) => identifier.verifiedAt !== undefined);
  return holdsNothing(held(items[id]));
}

function holdsNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== "object" || value === null) return value === undefined;
  return Object.values(value).every(holdsNothing);
}

/** Whoever an item speaks of is among the people, and whichever file it names is among the content. */
function persons({ items, people }: UkReport): UkProblem[] {
  const keys = new Set<string>(people.map(({ key }) => key));
  const files = new Set<string>((held(items["detected-content"])?.files ?? []).map(({ id }) => id));
  const found: UkProblem[] = [];
  const visit = (value: unknown, path: string) => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const at = `${path}/${name}`;
      if (name === "person" && typeof inner === "string" && !keys.has(inner))
        found.push(unknown("uk.person.unknown", at, `"${inner}" is none of the report's people.`));
      else if (name === "file" && typeof inner === "string" && !files.has(inner))
        found.push(unknown("uk.file.unknown", at, `"${inner}" is none of the report's files.`));
      else visit(inner, at);
    }
  };
  for (const id of UK_ITEM_IDS) visit(held(items[id]), `/items/${id}/value`);
  return found;
}

function unknown(code: string, path: string, message: string): UkProblem {
  return refuses(code, path, message, "Name what the report contains, or add it.");
}

/** Law 4: what is ambiguous is named. Behind a shared address only address, port and second name a subscriber. */
function connections({ items }: UkReport): UkProblem[] {
  const found = held(items["upload-connection"]);
  return (["files", "people"] as const).flatMap((list) =>
    (found?.[list] ?? []).flatMap(({ event }, index) => {
      const path = `/items/upload-connection/value/${list}/${index}/event`;
      if (event.ip === undefined) return [];
      return [
        ...(event.port === undefined
          ? [
              remark(
                "uk.connection.no-port",
                `${path}/port`,
                "The address has no port.",
                "Add the port: behind a carrier's shared address nobody can be named without it.",
              ),
            ]
          : []),
        ...(event.moment?.at === undefined
          ? [
              remark(
                "uk.connection.no-certain-time",
                `${path}/moment`,
                "It is not certain when the address was used.",
                "Add the time with its zone and its seconds.",
              ),
            ]
          : []),
      ];
    }),
  );
}

function logins({ items }: UkReport, now: number): UkProblem[] {
  return (held(items["login-connections"]) ?? []).flatMap(({ event }, index) =>
    isRecentLogin(event.moment, now)
      ? []
      : [
          remark(
            "uk.login.too-old",
            `/items/login-connections/value/${index}/event/moment`,
            "The login was more than three months before.",
            "Leave it out: the regulations ask for the three months before the report.",
          ),
        ],
  );
}
