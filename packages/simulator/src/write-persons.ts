import {
  identifier,
  personKeySchema,
  platformKey,
  type Identifier,
  type IdentifierKind,
  type Person,
  type PersonKey,
} from "@fairlead/report";
import type { SenderClock } from "./clock.ts";
import { CONDUCT, type Draft } from "./draft.ts";
import { chance, digits, pick } from "./draw.ts";
import type { Random } from "./random.ts";
import { DAY } from "./time.ts";
import { NOUNS } from "./words.ts";
import { writeEvent } from "./write-event.ts";

const [SUSPECT, VICTIM, RECIPIENT, REPORTER] = ["suspect-1", "victim-1", "recipient-1", "reporter-1"].map(
  (key) => personKeySchema.parse(key),
) as [PersonKey, PersonKey, PersonKey, PersonKey];

/** The people of a draft: whose doing it was, the platform's mailbox, and in some a child or somebody who was sent the file. */
export function writePersons(draft: Draft, random: Random, clock: SenderClock): Person[] {
  const suspect: Person = {
    key: SUSPECT,
    role: "suspect",
    identifiers: identifiersOf(random, draft, clock),
    events: draft.events.map((event) => writeEvent(event, clock)),
    places:
      draft.declared && draft.person.home !== null
        ? [
            {
              basis: "declared",
              addressKind: "home",
              postcode: draft.person.home.postcode,
              country: "GB",
              verified: "unknown",
            },
          ]
        : [],
  };
  const here = { platform: platformKey(draft.platform.name) };
  const other = (role: "victim" | "recipient"): Person => ({
    key: role === "victim" ? VICTIM : RECIPIENT,
    role,
    identifiers: found([
      handle("account", `x${digits(random, 12)}`, here),
      handle("screen-name", `${pick(random, NOUNS)}.${digits(random, 3)}`, here),
    ]),
    events: [],
    places: [],
  });
  // The platform's own mailbox stands in each of its reports, and makes no two of them about one person.
  const reporter: Person = {
    key: REPORTER,
    role: "reporter",
    identifiers: [handle("email", `safety@${draft.platform.id}.example`)],
    events: [],
    places: [],
  };
  const conduct = CONDUCT.has(draft.incident);
  if (draft.nobody === true) return [reporter];
  return [
    suspect,
    reporter,
    ...(conduct && chance(random, 0.6) ? [other("victim")] : []),
    ...(!conduct && draft.person.intent === "trading" && chance(random, 0.2) ? [other("recipient")] : []),
  ];
}

function identifiersOf(
  random: Random,
  { account, person, platform, nameless, at }: Draft,
  clock: SenderClock,
): Identifier[] {
  const here = { platform: platformKey(platform.name) };
  const screenName = handle("screen-name", account.screenName, here);
  if (nameless) return [screenName];
  const verified = chance(random, 0.7) ? "yes" : "unknown";
  return found([
    handle("account", account.id, here),
    screenName,
    handle("display-name", account.displayName, here, account.displayName.toLowerCase()),
    handle("email", account.email, { verified: account.emailVerified }),
    person.phone === null
      ? undefined
      : identifier("phone", person.phone, {
          region: "GB",
          verified,
          label: person.phone.startsWith("07") ? "Mobile" : "Home",
          verifiedAt: verified === "yes" ? clock.state(at - 200 * DAY, "telephone") : undefined,
        }),
    present(account.device) ? handle("device", account.device, { label: "IMEI" }) : undefined,
    present(account.payment) ? handle("payment", account.payment, { label: "Example Pay" }) : undefined,
    chance(random, 0.2)
      ? handle(
          "profile-url",
          `https://example.com/u/${account.screenName}`,
          here,
          `example.com/u/${account.screenName}`,
        )
      : undefined,
  ]);
}

/**
 * What `identifier` of @fairlead/report makes of a handle that is written in its normal form already, as all of ours are: lower case,
 * ASCII, no placeholder. Reading each of them anew would be a tenth of the work of a report.
 */
function handle(
  kind: IdentifierKind,
  raw: string,
  about: { platform?: string; verified?: Identifier["verified"]; label?: string } = {},
  value = raw,
): Identifier {
  return {
    kind,
    value,
    raw,
    normalised: true,
    verified: about.verified ?? "unknown",
    ...(about.platform === undefined ? {} : { platform: about.platform }),
    ...(about.label === undefined ? {} : { label: about.label }),
  };
}

function present(text: string | null | undefined): text is string {
  return text !== undefined && text !== null;
}

function found<T>(values: ReadonlyArray<T | undefined>): T[] {
  return values.filter((value) => value !== undefined);
}
