import * as fc from "fast-check";
import type { EvidenceId, Person, Report } from "@fairlead/report";
import { arbitraryPoorInput, type AssessmentInput } from "./arbitrary-report.ts";
import { aboutFile, ANALYST, attributableInput, warrantInput } from "./example.ts";

const STRONG_FILE = "44444444-4444-4444-8444-444444444444" as EvidenceId;

/** Good reports: an L3 or L4 with the matter of an arbitrary report added, which may help, contradict or do nothing. */
const arbitraryStrongInput: fc.Arbitrary<AssessmentInput> = fc
  .record({
    noise: arbitraryPoorInput,
    warrant: fc.boolean(),
    graded: fc.boolean(),
    ownContext: fc.constantFrom(true, true, false),
    noisyClaims: fc.constantFrom(true, false, false),
  })
  .map(({ noise, warrant, graded, ownContext, noisyClaims }) => {
    const strong = warrant ? warrantInput() : attributableInput();
    const grade = aboutFile(
      { kind: "uk-category", category: "C", description: "A landscape with a red kite." },
      ANALYST,
    );
    const input: AssessmentInput = {
      report: merged(strong.report, noise.report, noisyClaims),
      claims: [...strong.claims, ...(graded ? [grade] : []), ...(noisyClaims ? noise.claims : [])],
      context: ownContext ? strong.context : noise.context,
    };
    return renamed(input);
  });

function merged(strong: Report, noise: Report, noisyClaims: boolean): Report {
  const [suspect] = strong.persons;
  const extra = noise.persons.find(({ role }) => role === "suspect");
  const whole: Person[] =
    suspect === undefined ? [] : [extra === undefined ? suspect : joined(suspect, extra)];
  return {
    ...noise,
    sender: noisyClaims ? noise.sender : strong.sender,
    persons: [...whole, ...noise.persons.filter((person) => person !== extra)],
    evidence: [...noise.evidence, ...strong.evidence.map((item) => ({ ...item, id: STRONG_FILE }))],
    claims: [...noise.claims, ...strong.claims.map(ofStrongFile)],
  };
}

function joined(suspect: Person, extra: Person): Person {
  return {
    ...suspect,
    identifiers: [...extra.identifiers, ...suspect.identifiers],
    events: [...extra.events, ...suspect.events],
    places: extra.places,
  };
}

function ofStrongFile<Claim extends Report["claims"][number]>(claim: Claim): Claim {
  return claim.about.kind === "evidence" ? { ...claim, about: { kind: "evidence", id: STRONG_FILE } } : claim;
}

/** The strong claims beside the report speak of the strong file; the noise has none of its own under that id. */
function renamed(input: AssessmentInput): AssessmentInput {
  const ids = new Set<string>(input.report.evidence.map(({ id }) => id));
  return {
    ...input,
    claims: input.claims.map((claim) =>
      claim.about.kind === "evidence" && !ids.has(claim.about.id) ? ofStrongFile(claim) : claim,
    ),
  };
}

/** Arbitrary reports, poor and good, with the claims beside them and the station's own knowledge. */
export const arbitraryInput: fc.Arbitrary<AssessmentInput> = fc
  .oneof({ weight: 2, arbitrary: arbitraryPoorInput }, { weight: 3, arbitrary: arbitraryStrongInput })
  // Plain objects, as parsed JSON has them: fast-check makes some without a prototype.
  .map((input) => structuredClone(input));

/** Arbitrary reports alone. */
export const arbitraryReport: fc.Arbitrary<Report> = arbitraryInput.map(({ report }) => report);
