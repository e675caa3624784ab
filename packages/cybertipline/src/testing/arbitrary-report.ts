/** Arbitrary reports of the house, with much that the wire cannot say. For tests only. */
import {
  type Claim,
  type ClaimSource,
  type ClaimTarget,
  type Event,
  type Evidence,
  type Identifier,
  type Person,
  type Place,
  type Report,
  type Sender,
  type Statement,
  identifier,
  parseMoment,
} from "@fairlead/report";
import * as fc from "fast-check";

export const SENDER: Sender = { kind: "platform", id: "example", name: "Example Messenger" };

const word = fc.stringMatching(/^[a-z]{3,8}$/);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

const moment = fc
  .constantFrom(
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.123456789+01:00",
    "2026-01-02 03:04",
    "2026-01-02T03:04:05",
    "2026-01-02 03:04+0200",
  )
  .chain((raw) => maybe(fc.constant("+01:00")).map((usual) => parseMoment(raw, usual)))
  .filter((each) => each !== undefined);

const event: fc.Arbitrary<Event> = fc
  .record({
    kind: fc.constantFrom("upload", "send", "login", "registration", "purchase", "other", "unknown"),
    moment: maybe(moment),
    ip: maybe(
      fc.constantFrom(
        { raw: "192.0.2.1", address: "192.0.2.1" },
        { raw: "2001:DB8::1", address: "2001:db8::1" },
      ),
    ),
    port: maybe(fc.constantFrom(1, 65_535)),
    possibleProxy: maybe(fc.boolean()),
    device: maybe(fc.record({ kind: fc.constantFrom("IMEI", "ICCID"), value: word })),
  })
  .map(withoutUndefined);

const place: fc.Arbitrary<Place> = fc
  .record({
    basis: fc.constantFrom("resolved", "declared", "estimated", "ip-country"),
    addressKind: fc.constantFrom("installation", "billing", "home", "unknown"),
    street: maybe(word),
    city: maybe(word),
    region: maybe(fc.constantFrom("NY", "Cornwall")),
    postcode: maybe(fc.constantFrom("TR1 1AA", "12207")),
    country: maybe(fc.constantFrom("GB", "US", "ZZ")),
    verified: fc.constantFrom("yes", "no", "unknown"),
    moment: maybe(moment),
  })
  .map(withoutUndefined);

const handle: fc.Arbitrary<Identifier> = fc
  .record({
    kind: fc.constantFrom(
      "account",
      "screen-name",
      "display-name",
      "profile-url",
      "phone",
      "email",
      "device",
      "payment",
      "group",
    ),
    raw: word,
    platform: fc.constantFrom(undefined, "Example Messenger", "Other Place"),
    verified: fc.constantFrom("yes", "no", "unknown"),
    verifiedAt: maybe(moment),
    label: fc.constantFrom(undefined, "Mobile", "Home", "odd"),
  })
  .map(({ kind, raw, ...context }) =>
    identifier(kind, kind === "email" ? `${raw}@example.org` : raw, context),
  )
  .filter((each) => each !== undefined);

function person(role: Person["role"]): fc.Arbitrary<Omit<Person, "key">> {
  return fc
    .record({
      role: fc.constant(role),
      firstName: maybe(word),
      middleName: maybe(word),
      lastName: maybe(word),
      ageYears: maybe(fc.integer({ min: 0, max: 150 })),
      dateOfBirth: maybe(fc.constant("2001-02-03")),
      identifiers: fc.array(handle, { maxLength: 4 }),
      events: fc.array(event, { maxLength: 3 }),
      places: fc.array(place, { maxLength: 3 }),
      school: maybe(word),
      vehicle: maybe(word),
    })
    .map(withoutUndefined);
}

const HOW = fc.constantFrom("billing", "parent-guardian", "neighbour");

/** Persons in the order in which the wire has them, so that their numbers stay the same on the way. */
const persons: fc.Arbitrary<Person[]> = fc
  .record({
    suspects: fc.array(person("suspect"), { maxLength: 1 }),
    recipients: fc.array(person("recipient"), { maxLength: 2 }),
    victims: fc.array(person("victim"), { maxLength: 2 }),
    reporters: fc.array(person("reporter"), { minLength: 1, maxLength: 2 }),
    contacts: fc.array(person("contact"), { maxLength: 2 }),
    associated: fc.array(fc.tuple(person("associated"), HOW), { maxLength: 3 }),
    owner: fc.constantFrom("suspect-1", "victim-1", "recipient-1", "reporter-1"),
  })
  .map(({ suspects, recipients, victims, reporters, contacts, associated, owner }) => {
    const numbered = [suspects, recipients, victims, reporters, contacts].flatMap((group) =>
      group.map(
        (each, index): Person => ({ ...each, key: `${each.role}-${String(index + 1)}` as Person["key"] }),
      ),
    );
    const key = numbered.find((each) => each.key === owner)?.key;
    if (key === undefined) return numbered;
    return [
      ...numbered,
      ...associated.map(
        ([each, how], index): Person => ({
          ...each,
          key: `associated-${String(index + 1)}` as Person["key"],
          associatedWith: { key, how },
        }),
      ),
    ];
  });

const EVIDENCE_IDS = ["0198c7e0-0000-7000-8000-000000000001", "0198c7e0-0000-7000-8000-000000000002"];

const evidence: fc.Arbitrary<Evidence[]> = fc
  .array(
    fc
      .record({
        kind: fc.constantFrom("file", "message-bundle", "wire-document"),
        received: maybe(
          fc.constant({ size: 1, sha256: "0".repeat(64), sha1: "0".repeat(40), md5: "0".repeat(32) }),
        ),
        declaredHashes: fc.array(fc.record({ algorithm: fc.constant("MD5"), value: word }), { maxLength: 2 }),
        name: maybe(fc.constant("boat.jpg")),
        mediaType: maybe(fc.constant("image/jpeg")),
        location: maybe(fc.constant("https://example.com/boat.jpg")),
        uploadedAt: maybe(moment),
        relevance: fc.constantFrom("reported", "supplemental"),
        events: fc.array(event, { maxLength: 2 }),
        details: fc.array(
          fc
            .record({ group: fc.constantFrom(undefined, "EXIF", "HASH", "ICC"), name: word, value: word })
            .map(withoutUndefined),
          { maxLength: 3 },
        ),
      })
      .map(withoutUndefined),
    { maxLength: 2 },
  )
  .map((items) =>
    items.map((item, index): Evidence => ({ ...item, id: (EVIDENCE_IDS[index] ?? "") as Evidence["id"] })),
  );

const source: fc.Arbitrary<ClaimSource> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: "sender", name: SENDER.name }) },
  { weight: 1, arbitrary: fc.constant({ kind: "sender", name: "Somebody Else" }) },
  { weight: 1, arbitrary: fc.constant({ kind: "list", name: "Example List" }) },
);

const states: fc.Arbitrary<Claim["states"]> = fc.oneof(
  fc.record({
    kind: fc.constant("flag"),
    flag: fc.constantFrom(
      "viewed-in-full",
      "exif-viewed",
      "viral",
      "potential-meme",
      "live-stream",
      "sextortion",
      "spam",
      "grooming",
      "reported-to-police",
      "legal-process-international",
      "compromised-account",
      "third-party-user",
      "all-emails-reported",
      "contact-record",
    ),
    value: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("escalation"), text: word }),
  fc.record({ kind: fc.constant("industry-grade"), grade: fc.constantFrom("A1", "B2") }),
  fc.record({
    kind: fc.constant("hash-match"),
    list: word,
    match: fc.constant("exact"),
    vetted: fc.boolean(),
  }),
  fc
    .record({
      kind: fc.constant("account-disabled"),
      permanent: fc.boolean(),
      value: fc.boolean(),
      disabledAt: maybe(moment),
      userNotified: maybe(fc.boolean()),
      userNotifiedAt: maybe(moment),
      reenabledAt: maybe(moment),
    })
    .map(withoutUndefined),
);

/** Text that came from nowhere in particular, or from a path of a wire, ours or another. */
const statement = fc.record({
  topic: fc.constantFrom("note", "chat", "bio", "terms", "policy", "police-contact", "wire"),
  text: fc.uuid(),
  path: fc.constantFrom(
    undefined,
    "/another/wire",
    "/report/additionalInfo",
    "/report/lawEnforcement/agencyName",
    "/report/victim[1]/espService",
    "/report/bogus[2]/thing",
    "/report",
    "/fileDetails/additionalInfo[1]",
    "/fileDetails/ipCaptureEvent/port",
  ),
});

/** A report that is valid by itself. Its claims and statements are about what it holds. */
export const arbitraryReport: fc.Arbitrary<Report> = fc.tuple(persons, evidence).chain(([people, items]) => {
  const targets: ClaimTarget[] = [
    { kind: "report" },
    ...people.map(({ key }) => ({ kind: "person", key }) as const),
    ...items.map(({ id }) => ({ kind: "evidence", id }) as const),
  ];
  const subjects: Pick<Statement, "person" | "evidence">[] = [
    {},
    ...people.map(({ key }) => ({ person: key })),
    ...items.map(({ id }) => ({ evidence: id })),
  ];
  return fc.record({
    version: fc.constant(1 as const),
    sender: fc.constant(SENDER),
    references: fc.array(
      fc
        .record({
          kind: fc.constantFrom("this-report", "prior-report", "case"),
          issuer: fc.constantFrom("NCMEC", "Elsewhere"),
          value: fc.constantFrom("4564654", "007", "R-1"),
          person: fc.constantFrom(undefined, ...people.map(({ key }) => key)),
        })
        .map(withoutUndefined),
      { maxLength: 4 },
    ),
    incident: fc
      .record({
        type: fc.constantFrom("abuse-material", "enticement"),
        occurred: moment,
        occurredMeaning: maybe(word),
        platform: maybe(fc.constant("Example Messenger")),
        channel: maybe(
          fc.constantFrom(
            { kind: "chat", client: "example" } as const,
            { kind: "web-page", urls: ["https://example.com/"], thirdPartyHosted: false } as const,
            { kind: "mobile", phone: "07700 900123", latitude: 51.5, longitude: -0.1 } as const,
          ),
        ),
      })
      .map((incident) => withoutUndefined(incident) as Report["incident"]),
    persons: fc.constant(people),
    evidence: fc.constant(items),
    claims: fc.array(fc.record({ about: fc.constantFrom(...targets), source, states }), { maxLength: 8 }),
    statements: fc
      .array(fc.tuple(statement, fc.constantFrom(...subjects)), { maxLength: 5 })
      .map((list) => list.map(([each, subject]) => withoutUndefined({ ...each, ...subject }))),
  });
});
