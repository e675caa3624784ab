import { identifier, momentsOf, parseIp, epochMs, type Claim, type Report } from "@fairlead/report";
import type { SenderClock } from "./clock.ts";
import { chance, pick } from "./draw.ts";
import type { ErrorKind, Habit, Slot } from "./profile.ts";
import type { Random } from "./random.ts";
import type { TimeStyle } from "./time.ts";
import type { InjectedError } from "./truth.ts";
import { INJECTIONS, TWINS } from "./words.ts";

/** Errors of which a report has at most one, because each of them is about the same times and addresses. */
const EXCLUSIVE: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  "twelve-hour",
  "dst-fold",
  "day-month-swapped",
  "wrong-year",
  "no-zone",
  "ip-digits-transposed",
  "billing-for-installation",
]);

/** Which errors are made in a report. What repeats another report is decided elsewhere, and makes no errors of its own. */
export function chooseErrors(
  random: Random,
  share: number,
  slot: Slot,
  habit: Habit,
  country: string | null,
): ErrorKind[] {
  // Drawn for each kind whether it can be made or not, so that a slot's list moves no other draw.
  const drawn = slot.errors.filter((kind) => chance(random, share) && POSSIBLE[kind](habit, country));
  const first = drawn.find((kind) => EXCLUSIVE.has(kind));
  return drawn.filter((kind) => !EXCLUSIVE.has(kind) || kind === first);
}

/** Whether an error of a kind can be made in a report of this habit about somebody in this country. */
const POSSIBLE: Record<ErrorKind, (habit: Habit, country: string | null) => boolean> = {
  "twelve-hour": statesZones,
  "dst-fold": statesZones,
  "day-month-swapped": statesZones,
  "wrong-year": statesZones,
  "no-zone": statesZones,
  "ip-digits-transposed": (_, country) => country !== null,
  "billing-for-installation": (_, country) => country === "GB",
  "generative-ai-mis-set": sendsFiles,
  "viewed-mis-set": (habit) => sendsFiles(habit) && habit !== "over-ticks-viewed",
  "lookalike-name": () => true,
  "injection-text": () => true,
  duplicate: () => false,
};

function statesZones(habit: Habit): boolean {
  return habit !== "no-time-zone";
}

function sendsFiles(habit: Habit): boolean {
  return habit !== "behaviour-only" && habit !== "hash-only";
}

/** The times of a report that say something else than what happened, by the kind of error that the style makes. */
export function timeErrors(
  report: Report,
  clock: SenderClock,
  style: TimeStyle,
  chosen: readonly ErrorKind[],
): InjectedError[] {
  if (style === "utc" || style === "local") return [];
  const kind = chosen.includes("dst-fold") ? "dst-fold" : style;
  const wrong = (path: string, raw: string, at: number): InjectedError => ({
    kind,
    path,
    stated: raw,
    real: new Date(at).toISOString(),
  });
  const note = report.statements.findIndex(({ text }) => text === clock.note()?.text);
  return [
    ...momentsOf(report).flatMap(({ path, moment }) => {
      const at = clock.real.get(moment);
      const right = at === undefined || Math.floor(at / 1000) * 1000 === epochMs(moment);
      return right ? [] : [wrong(path, moment.raw, at)];
    }),
    ...clock.noted.map(({ raw, at }) => wrong(`/statements/${note}/text`, raw, at)),
  ];
}

/** Makes the chosen errors that are made in a report once it is written, and says what was done. */
export function makeErrors(random: Random, report: Report, chosen: readonly ErrorKind[]): InjectedError[] {
  return chosen.flatMap((kind) => MAKERS[kind]?.(random, report) ?? []);
}

const MAKERS: Partial<Record<ErrorKind, (random: Random, report: Report) => InjectedError[]>> = {
  "ip-digits-transposed": transposeDigits,
  "generative-ai-mis-set": (_, report) => misSetGenerativeAi(report),
  "lookalike-name": (_, report) => lookalike(report),
  "injection-text": (random, report) => [injection(random, report)],
};

/** Two neighbouring digits of one address change places; the result stays in the range that documentation has. */
function transposeDigits(random: Random, report: Report): InjectedError[] {
  const places = [
    ...report.persons.flatMap((person, p) =>
      person.events.map((event, e) => ({ event, path: `/persons/${p}/events/${e}/ip` })),
    ),
    ...report.evidence.flatMap((item, i) =>
      item.events.map((event, e) => ({ event, path: `/evidence/${i}/events/${e}/ip` })),
    ),
  ].flatMap(({ event, path }) => {
    const wrong = event.ip === undefined ? undefined : transposed(event.ip.raw);
    return wrong === undefined || event.ip === undefined ? [] : [{ event, path, wrong, right: event.ip.raw }];
  });
  if (places.length === 0) return [];
  const { event, path, wrong, right } = pick(random, places);
  event.ip = { raw: wrong, address: wrong };
  return [{ kind: "ip-digits-transposed", path, stated: wrong, real: right }];
}

/** The address with two neighbouring digits of its host part exchanged; undefined where that makes no other address. */
export function transposed(address: string): string | undefined {
  // Only behind the last separator, so that an IPv4 address stays in its /24 and an IPv6 address in its prefix.
  const cut = Math.max(address.lastIndexOf("."), address.lastIndexOf(":")) + 1;
  const [network, host] = [address.slice(0, cut), address.slice(cut)];
  for (let i = host.length - 2; i >= 0; i -= 1) {
    const wrong = `${network}${host.slice(0, i)}${host.charAt(i + 1)}${host.charAt(i)}${host.slice(i + 2)}`;
    if (wrong !== address && parseIp(wrong)?.address === wrong) return wrong;
  }
  return undefined;
}

function misSetGenerativeAi(report: Report): InjectedError[] {
  const item = report.evidence.find((found) => found.relevance === "reported");
  if (item === undefined) return [];
  const claim: Claim = {
    about: { kind: "evidence", id: item.id },
    source: { kind: "sender", name: report.sender.name },
    states: { kind: "flag", flag: "generative-ai", value: true },
  };
  const path = `/claims/${report.claims.push(claim) - 1}`;
  return [{ kind: "generative-ai-mis-set", path, stated: "generative-ai: true", real: "no machine made it" }];
}

/** The suspect's name on the screen becomes another's to the eye: Latin letters give way to their Cyrillic twins. */
function lookalike(report: Report): InjectedError[] {
  for (const [p, person] of report.persons.entries()) {
    const i = person.identifiers.findIndex((found) => found.kind === "screen-name");
    const own = person.identifiers[i];
    if (person.role !== "suspect" || own === undefined) continue;
    const raw = own.raw.replaceAll(/[aceopxy]/g, (letter) => TWINS[letter] ?? letter);
    const made = identifier("screen-name", raw, { platform: own.platform, verified: own.verified });
    if (made === undefined || raw === own.raw) continue;
    person.identifiers[i] = made;
    return [
      {
        kind: "lookalike-name",
        path: `/persons/${p}/identifiers/${i}/raw`,
        stated: raw,
        real: `not ${own.raw}`,
      },
    ];
  }
  return [];
}

/** Harmless text that is dangerous to careless software, in one of the places where people can write what they like. */
function injection(random: Random, report: Report): InjectedError {
  const stated = pick(random, INJECTIONS);
  const done = (path: string): InjectedError => ({
    kind: "injection-text",
    path,
    stated,
    real: "text, and nothing else",
  });
  const place = pick(random, ["note", "bio", "display-name", "file-name"] as const);
  const suspect = report.persons.findIndex((person) => person.role === "suspect");
  const person = report.persons[suspect];
  const item = report.evidence[0];
  if (place === "file-name" && item?.name !== undefined) {
    item.name = stated;
    return done("/evidence/0/name");
  }
  if (place === "display-name" && person !== undefined) {
    const made = identifier("display-name", stated);
    if (made !== undefined) {
      person.identifiers.push(made);
      return done(`/persons/${suspect}/identifiers/${person.identifiers.length - 1}/raw`);
    }
  }
  if (place === "bio" && person !== undefined)
    report.statements.push({ topic: "bio", text: stated, person: person.key });
  else report.statements.push({ topic: "note", text: stated });
  return done(`/statements/${report.statements.length - 1}/text`);
}
