import type { Person, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

/**
 * The short text for whoever takes the call: who we are, how soon, what is said, who the child is as far as anybody has said. Nothing of
 * the suspect and nothing of the evidence: the authority asks for what it needs.
 * @param station this station's name
 */
export function briefingOf(view: ReportView, station: string): string {
  const { safeguarding, entry, report } = view;
  const children = report.persons.filter(({ role }) => role === "victim").map(factsOf);
  const known = children.filter((facts) => facts !== "");
  const reasons = (safeguarding?.reasons ?? []).filter(({ code }) => SAID.has(code)).map(({ text }) => text);
  return [
    t("briefing.who", { station, number: entry.number }),
    ...(safeguarding === undefined
      ? []
      : [t("briefing.soon", { urgency: t(`safeguarding.urgency.${safeguarding.urgency}`) })]),
    ...(known.length === 0
      ? [t("briefing.child-unknown")]
      : known.map((facts) => t("briefing.child", { facts }))),
    ...(reasons.length === 0 ? [] : [t("briefing.reasons", { reasons: [...new Set(reasons)].join(" ") })]),
    ...(safeguarding?.lane === "safeguarding-first" ? [t("briefing.lane")] : []),
    t("briefing.unverified"),
    t("briefing.ask"),
  ].join("\n");
}

/** Reasons that say something to an authority; the others are about how the urgency was found. */
const SAID: ReadonlySet<string> = new Set([
  "safeguarding.child-near",
  "safeguarding.peers",
  "safeguarding.self-made",
  "safeguarding.minor-suspect",
  "safeguarding.victim-led",
]);

function factsOf({
  firstName,
  lastName,
  ageYears,
  dateOfBirth,
  school,
  places,
  identifiers,
}: Person): string {
  const name = [firstName, lastName].filter((part) => part !== undefined).join(" ");
  return [
    name === "" ? undefined : t("briefing.name", { name }),
    ageYears === undefined ? undefined : t("briefing.age", { years: ageYears }),
    dateOfBirth === undefined ? undefined : t("briefing.born", { date: dateOfBirth }),
    school === undefined ? undefined : t("briefing.school", { school }),
    ...places.map(({ street, city, postcode, country }) => {
      const place = [street, city, postcode, country].filter((part) => part !== undefined).join(", ");
      return place === "" ? undefined : t("briefing.place", { place });
    }),
    ...identifiers.map(({ raw, platform }) =>
      platform === undefined
        ? t("briefing.handle-anywhere", { handle: raw })
        : t("briefing.handle", { platform, handle: raw }),
    ),
  ]
    .filter((part) => part !== undefined)
    .join("; ");
}
