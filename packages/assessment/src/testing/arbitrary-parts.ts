import * as fc from "fast-check";
import {
  EVIDENCE_FLAGS,
  identifier,
  PERSON_FLAGS,
  REPORT_FLAGS,
  type Claim,
  type ClaimSource,
  type ClaimStatement,
  type Event,
  type Evidence,
  type Identifier,
  type IdentifierKind,
  type Moment,
  type Place,
} from "@fairlead/report";

/** The moment at which arbitrary reports are assessed unless a test says otherwise: 22 November 2026, noon UTC. */
export const TEST_NOW = Date.UTC(2026, 10, 22, 12);

const DAY_MS = 86_400_000;

/** Documentation addresses only (RFC 5737, RFC 3849). Few, so that reports share them. */
export const TEST_ADDRESSES = ["192.0.2.7", "198.51.100.23", "203.0.113.99", "2001:db8:1:2::3"] as const;

/** Undefined fields are left out, as the report model wants them. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Certain, assumed, without a zone, without seconds; recent, old, very old. Never in the future of `TEST_NOW`. */
export const arbitraryMoment: fc.Arbitrary<Moment> = fc
  .record({
    daysAgo: fc.oneof(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 330, max: 400 }),
      fc.integer({ min: 0, max: 900 }),
    ),
    seconds: fc.integer({ min: 0, max: 86_399 }),
    form: fc.constantFrom(
      "certain",
      "certain",
      "certain",
      "no-seconds",
      "assumed",
      "sender-default",
      "no-zone",
    ),
  })
  .map(({ daysAgo, seconds, form }): Moment => {
    const instant = new Date(TEST_NOW - daysAgo * DAY_MS - seconds * 1000).toISOString();
    const at = `${instant.slice(0, 19)}Z`;
    switch (form) {
      case "no-zone":
        return { raw: at.slice(0, 19), zone: "none" };
      case "no-seconds":
        return { raw: `${at.slice(0, 16)}Z`, at: `${at.slice(0, 16)}:00Z`, zone: "stated", offset: "Z" };
      case "assumed":
        return { raw: at.slice(0, 19), at, zone: "assumed" };
      case "sender-default":
        return { raw: at.slice(0, 19), at, zone: "sender-default", offset: "Z" };
      default:
        return { raw: at, at, zone: "stated", offset: "Z" };
    }
  });

export const arbitraryEvent: fc.Arbitrary<Event> = fc
  .record({
    kind: fc.constantFrom(
      "upload" as const,
      "upload" as const,
      "send" as const,
      "login" as const,
      "registration" as const,
      "other" as const,
      "unknown" as const,
    ),
    moment: optional(arbitraryMoment),
    ip: optional(
      fc.oneof(
        {
          weight: 8,
          arbitrary: fc
            .constantFrom(...TEST_ADDRESSES)
            .map((address) => ({ raw: address, address: address as string })),
        },
        { weight: 1, arbitrary: fc.constant({ raw: "not an address" }) },
        { weight: 1, arbitrary: fc.constant({ raw: "10.0.0.1", address: "10.0.0.1" }) },
      ),
    ),
    port: optional(fc.integer({ min: 1, max: 65_535 })),
    possibleProxy: optional(fc.boolean()),
    device: optional(
      fc.constantFrom(
        { kind: "IMEI", value: "490154203237518" },
        { kind: "IMEI", value: "490154203237519" },
        { kind: "IDFA", value: "6d92078a-8246-4ba4-ae5b-76104861e7dc" },
      ),
    ),
  })
  .map((event) => compact(event));

const HANDLES: readonly [IdentifierKind, string][] = [
  ["account", "1000001"],
  ["account", "1000002"],
  ["screen-name", "blue-kite"],
  ["display-name", "Blue Kite"],
  ["profile-url", "https://chat.example.com/blue-kite"],
  ["phone", "+44 7700 900123"],
  ["phone", "+44 7700 900456"],
  ["email", "kite@example.com"],
  ["email", "box@mailinator.com"],
  ["device", "490154203237518"],
  ["payment", "tok_example_1"],
  ["group", "kite-flyers"],
];

export const arbitraryIdentifier: fc.Arbitrary<Identifier> = fc
  .record({
    handle: fc.constantFrom(...HANDLES),
    platform: fc.constantFrom("Example Chat", "Example Photos", undefined),
    verified: fc.constantFrom("yes" as const, "no" as const, "unknown" as const),
    label: fc.constantFrom("IMEI", "Example Pay", undefined),
  })
  .map(({ handle: [kind, raw], platform, verified, label }) => {
    const made = identifier(kind, raw, { platform, verified, label });
    if (made === undefined) throw new Error(`arbitrary identifier: ${raw} is a placeholder`);
    return made;
  });

export const arbitraryPlace: fc.Arbitrary<Place> = fc
  .record({
    basis: fc.constantFrom(
      "resolved" as const,
      "declared" as const,
      "estimated" as const,
      "ip-country" as const,
    ),
    addressKind: fc.constantFrom(
      "installation" as const,
      "billing" as const,
      "home" as const,
      "unknown" as const,
    ),
    street: optional(fc.constantFrom("1 Example Street", "2 Example Street")),
    city: optional(fc.constantFrom("Leeds", "York")),
    postcode: optional(fc.constantFrom("LS1 1UR", "YO1 7HH", "TD15 1AA", "not a postcode")),
    country: optional(fc.constantFrom("GB", "IE")),
    verified: fc.constantFrom("yes" as const, "no" as const, "unknown" as const),
  })
  .map((place) => compact(place));

export const arbitraryEvidenceItem = (id: string): fc.Arbitrary<Evidence> =>
  fc
    .record({
      kind: fc.constantFrom(
        "file" as const,
        "file" as const,
        "message-bundle" as const,
        "wire-document" as const,
      ),
      digit: fc.constantFrom("a", "b", "c"),
      received: fc.boolean(),
      declared: fc.constantFrom("none", "none", "same", "other"),
      uploadedAt: optional(arbitraryMoment),
      relevance: fc.constantFrom("reported" as const, "supplemental" as const),
      events: fc.array(arbitraryEvent, { maxLength: 2 }),
    })
    .map(
      ({ kind, digit, received, declared, uploadedAt, relevance, events }): Evidence =>
        compact({
          id: id as Evidence["id"],
          kind,
          received: received
            ? { size: 1024, sha256: digit.repeat(64), sha1: digit.repeat(40), md5: digit.repeat(32) }
            : undefined,
          declaredHashes:
            declared === "none"
              ? []
              : [{ algorithm: "MD5", value: (declared === "same" ? digit : "9").repeat(32) }],
          uploadedAt,
          relevance,
          events,
          details: [],
        }) as Evidence,
    );

export const arbitrarySource: fc.Arbitrary<ClaimSource> = fc.constantFrom<ClaimSource>(
  { kind: "sender", name: "Example Platform" },
  { kind: "station", id: "clearinghouse", name: "Example Clearinghouse" },
  { kind: "person", id: "p-1", role: "analyst" },
  { kind: "person", id: "p-2", role: "reviewer" },
  { kind: "list", name: "Example List" },
  { kind: "rule", id: "import", version: "1" },
);

const flagAmong = (flags: readonly Extract<ClaimStatement, { kind: "flag" }>["flag"][]) =>
  fc.record({ kind: fc.constant("flag" as const), flag: fc.constantFrom(...flags), value: fc.boolean() });

/** A statement that a claim about this kind of thing could make. */
export function arbitraryStatement(about: Claim["about"]["kind"]): fc.Arbitrary<ClaimStatement> {
  const resolution = fc
    .record({
      kind: fc.constant("resolution" as const),
      events: fc.integer({ min: 1, max: 3 }),
      addressKind: fc.constantFrom(
        "installation" as const,
        "installation" as const,
        "billing" as const,
        "unknown" as const,
      ),
      postcode: optional(fc.constantFrom("LS1 1UR", "YO1 7HH")),
      country: fc.constant("GB"),
      corroborated: fc.boolean(),
    })
    .map((states) => compact(states));
  switch (about) {
    case "ip":
      return fc
        .record({
          kind: fc.constant("network" as const),
          network: fc.constantFrom(
            "access" as const,
            "access" as const,
            "carrier-nat" as const,
            "vpn" as const,
            "tor" as const,
            "hosting" as const,
            "unknown" as const,
          ),
          country: fc.constantFrom("GB", "GB", "GB", "IE", undefined),
        })
        .map((states) => compact(states));
    case "person":
      return fc.oneof(flagAmong(PERSON_FLAGS), resolution);
    case "evidence":
      return fc.oneof(
        flagAmong(EVIDENCE_FLAGS),
        flagAmong(["viewed-in-full"]),
        fc.record({
          kind: fc.constant("industry-grade" as const),
          grade: fc.constantFrom("A1" as const, "B2" as const),
        }),
        fc
          .record({
            kind: fc.constant("uk-category" as const),
            category: fc.constantFrom("A" as const, "B" as const, "C" as const),
            description: optional(fc.constant("A landscape with a red kite.")),
          })
          .map((states) => compact(states)),
        fc
          .record({
            kind: fc.constant("hash-match" as const),
            list: fc.constant("Example List"),
            match: fc.constantFrom("exact" as const, "perceptual" as const),
            vetted: fc.boolean(),
            grade: optional(fc.constant("A1")),
          })
          .map((states) => compact(states)),
        fc.record({
          kind: fc.constant("classifier" as const),
          model: fc.constant("example-model"),
          score: fc.constantFrom(0.2, 0.9),
        }),
        fc.record({
          kind: fc.constant("franking" as const),
          verified: fc.boolean(),
          fullConversation: fc.boolean(),
        }),
      );
    default:
      return fc.oneof(
        { weight: 6, arbitrary: flagAmong(REPORT_FLAGS.filter((flag) => flag !== "batched")) },
        {
          weight: 1,
          arbitrary: fc.constant({ kind: "escalation" as const, text: "Please look at this first." }),
        },
        { weight: 1, arbitrary: resolution },
      );
  }
}
