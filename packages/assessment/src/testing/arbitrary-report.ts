import * as fc from "fast-check";
import type { Claim, Evidence, Person, PersonKey, Report } from "@fairlead/report";
import type { AssessmentContext } from "../input/context.ts";
import { TIERS } from "../urgency/tier.ts";
import {
  arbitraryEvent,
  arbitraryEvidenceItem,
  arbitraryIdentifier,
  arbitraryMoment,
  arbitraryPlace,
  arbitrarySource,
  arbitraryStatement,
  compact,
  TEST_ADDRESSES,
  TEST_NOW,
} from "./arbitrary-parts.ts";

/** A report with what stands beside it. Valid by `validateReport` at `TEST_NOW`; innocent, with documentation addresses only. */
export interface AssessmentInput {
  report: Report;
  claims: Claim[];
  context: AssessmentContext;
}

const EVIDENCE_IDS = [
  "11111111-1111-4111-8111-111111111111",
  "22222222-2222-4222-8222-222222222222",
  "33333333-3333-4333-8333-333333333333",
] as const;

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

function arbitraryPerson(role: Person["role"], key: string, of?: string): fc.Arbitrary<Person> {
  return fc
    .record({
      lastName: optional(fc.constantFrom("Example", "Sample")),
      ageYears: optional(fc.integer({ min: 0, max: 90 })),
      identifiers: fc.array(arbitraryIdentifier, { maxLength: 4 }),
      events: fc.array(arbitraryEvent, { maxLength: 4 }),
      places: fc.array(arbitraryPlace, { maxLength: 2 }),
    })
    .map(
      (parts) =>
        compact({
          key: key as PersonKey,
          role,
          ...parts,
          associatedWith: of === undefined ? undefined : { key: of as PersonKey, how: "linked" },
        }) as Person,
    );
}

/** Persons in the shapes that reports have: nobody, one suspect, a suspect with victim and associate, a batch of suspects. */
const arbitraryPersons: fc.Arbitrary<{ persons: Person[]; batched: boolean }> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ persons: [] as Person[], batched: false }) },
  {
    weight: 4,
    arbitrary: arbitraryPerson("suspect", "suspect-1").map((suspect) => ({
      persons: [suspect],
      batched: false,
    })),
  },
  {
    weight: 1,
    arbitrary: arbitraryPerson("victim", "victim-1").map((victim) => ({ persons: [victim], batched: false })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        arbitraryPerson("suspect", "suspect-1"),
        arbitraryPerson("victim", "victim-1"),
        arbitraryPerson("associated", "associated-1", "suspect-1"),
      )
      .map((persons) => ({ persons, batched: false })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(arbitraryPerson("suspect", "suspect-1"), arbitraryPerson("suspect", "suspect-2"))
      .map((persons) => ({ persons, batched: true })),
  },
);

/** A claim about something that the report has. */
function arbitraryClaim(persons: readonly Person[], evidence: readonly Evidence[]): fc.Arbitrary<Claim> {
  const targets: Claim["about"][] = [
    { kind: "report" },
    ...TEST_ADDRESSES.map((address) => ({ kind: "ip" as const, address })),
    ...persons.map(({ key }) => ({ kind: "person" as const, key })),
    ...evidence.map(({ id }) => ({ kind: "evidence" as const, id })),
    // Evidence twice: that is where most claims are made.
    ...evidence.map(({ id }) => ({ kind: "evidence" as const, id })),
  ];
  return fc.constantFrom(...targets).chain((about) =>
    fc.record({
      about: fc.constant(about),
      source: arbitrarySource,
      states: arbitraryStatement(about.kind),
    }),
  );
}

/** What only the station knows. */
export const arbitraryContext: fc.Arbitrary<AssessmentContext> = fc
  .record({
    profile: fc.constantFrom("clearinghouse", "national-agency", "platform"),
    receivedDaysAgo: fc.integer({ min: 0, max: 500 }),
    reported: fc.boolean(),
    senderAuthenticated: fc.constantFrom(true, true, false),
    handOffs: fc.constantFrom("signed" as const, "signed" as const, "unsigned" as const, "unknown" as const),
    custody: fc.constantFrom("intact" as const, "intact" as const, "broken" as const, "unknown" as const),
    linkedTier: optional(fc.constantFrom(...TIERS)),
    linkedDaysAgo: optional(fc.integer({ min: 0, max: 200 })),
  })
  .map(({ profile, receivedDaysAgo, reported, linkedDaysAgo, ...rest }): AssessmentContext => {
    const day = (ago: number) => new Date(TEST_NOW - ago * 86_400_000).toISOString();
    return compact({
      station: { id: "example-station", name: "Example Station", profile },
      receivedAt: day(receivedDaysAgo),
      firstReportedAt: reported ? day(receivedDaysAgo) : undefined,
      lastLinkedActivityAt: linkedDaysAgo === undefined ? undefined : day(linkedDaysAgo),
      ...rest,
    });
  });

/** Reports of any quality, most of them poor, with the claims beside them and the station's own knowledge. */
export const arbitraryPoorInput: fc.Arbitrary<AssessmentInput> = fc
  .tuple(arbitraryPersons, fc.integer({ min: 0, max: 3 }))
  .chain(([people, count]) =>
    fc.record({
      people: fc.constant(people),
      evidence: fc.tuple(...EVIDENCE_IDS.slice(0, count).map(arbitraryEvidenceItem)),
    }),
  )
  .chain(({ people: { persons, batched }, evidence }) =>
    fc
      .record({
        claims: fc.array(arbitraryClaim(persons, evidence), { maxLength: 6 }),
        beside: fc.array(arbitraryClaim(persons, evidence), { maxLength: 8 }),
        sender: fc.constantFrom(
          "platform" as const,
          "platform" as const,
          "hotline" as const,
          "public" as const,
          "peer" as const,
        ),
        type: fc.constantFrom(
          "abuse-material" as const,
          "enticement" as const,
          "contact-abuse" as const,
          "trafficking" as const,
        ),
        occurred: arbitraryMoment,
        occurredMeaning: optional(fc.constant("when the file was uploaded")),
        statements: fc.array(
          fc.record({
            topic: fc.constantFrom("note" as const, "chat" as const, "wire" as const),
            text: fc.constant("Kites over a hill."),
          }),
          { maxLength: 2 },
        ),
        prior: fc.boolean(),
        context: arbitraryContext,
      })
      .map(
        ({
          claims,
          beside,
          sender,
          type,
          occurred,
          occurredMeaning,
          statements,
          prior,
          context,
        }): AssessmentInput => {
          const batch: Claim[] = batched
            ? [
                {
                  about: { kind: "report" },
                  source: { kind: "sender", name: "Example Platform" },
                  states: { kind: "flag", flag: "batched", value: true },
                },
              ]
            : [];
          return {
            report: {
              version: 1,
              sender: { kind: sender, id: "example-platform", name: "Example Platform" },
              references: [
                { kind: "this-report", issuer: "Example Platform", value: "1" },
                ...(prior ? [{ kind: "prior-report" as const, issuer: "Example Platform", value: "0" }] : []),
              ],
              incident: compact({ type, occurred, occurredMeaning, platform: "Example Chat" }),
              persons,
              evidence: [...evidence],
              claims: [...batch, ...claims],
              statements,
            },
            claims: beside,
            context,
          };
        },
      ),
  );
