import { identifier, personKeySchema, type Identifier, type Person, type PersonKey } from "@fairlead/report";
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
  const other = (role: "victim" | "recipient"): Person => ({
    key: role === "victim" ? VICTIM : RECIPIENT,
    role,
    identifiers: found([
      identifier("account", `x${digits(random, 12)}`, { platform: draft.platform.name }),
      identifier("screen-name", `${pick(random, NOUNS)}.${digits(random, 3)}`, {
        platform: draft.platform.name,
      }),
    ]),
    events: [],
    places: [],
  });
  // The platform's own mailbox stands in each of its reports, and makes no two of them about one person.
  const reporter: Person = {
    key: REPORTER,
    role: "reporter",
    identifiers: found([identifier("email", `safety@${draft.platform.id}.example`)]),
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
  const here = { platform: platform.name };
  const screenName = identifier("screen-name", account.screenName, here);
  if (nameless) return found([screenName]);
  const verified = chance(random, 0.7) ? "yes" : "unknown";
  return found([
    identifier("account", account.id, here),
    screenName,
    identifier("display-name", account.displayName, here),
    identifier("email", account.email, { verified: account.emailVerified }),
    person.phone === null
      ? undefined
      : identifier("phone", person.phone, {
          region: "GB",
          verified,
          label: person.phone.startsWith("07") ? "Mobile" : "Home",
          verifiedAt: verified === "yes" ? clock.state(at - 200 * DAY, "telephone") : undefined,
        }),
    present(account.device) ? identifier("device", account.device, { label: "IMEI" }) : undefined,
    present(account.payment) ? identifier("payment", account.payment, { label: "Example Pay" }) : undefined,
    chance(random, 0.2)
      ? identifier("profile-url", `https://example.com/u/${account.screenName}`, here)
      : undefined,
  ]);
}

function present(text: string | null | undefined): text is string {
  return text !== undefined && text !== null;
}

function found<T>(values: ReadonlyArray<T | undefined>): T[] {
  return values.filter((value) => value !== undefined);
}
