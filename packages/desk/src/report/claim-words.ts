import type { Claim, ClaimStatement, EvidenceView, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

/** What a claim states, as one line. Written by the sender or a person, texts inside it are quoted as they are. */
export function statementWords(states: ClaimStatement): string {
  switch (states.kind) {
    case "flag":
      return t(states.value ? "claim.flag.yes" : "claim.flag.no", { flag: t(`flag.${states.flag}`) });
    case "escalation":
      return t("claim.escalation", { text: states.text });
    case "industry-grade":
      return t("claim.industry-grade", { grade: states.grade });
    case "uk-category":
      return states.description === undefined
        ? t("claim.uk-category", { category: states.category })
        : t("claim.uk-category-described", { category: states.category, description: states.description });
    case "hash-match":
      return [
        t(`claim.hash-match.${states.match}`, { list: states.list }),
        t(states.vetted ? "claim.list.vetted" : "claim.list.unvetted"),
        ...(states.grade === undefined ? [] : [t("claim.list.grade", { grade: states.grade })]),
      ].join(" ");
    case "classifier":
      return t("claim.classifier", { model: states.model, score: states.score });
    case "network":
      return states.country === undefined
        ? t(`network.${states.network}`)
        : t("claim.network-country", { network: t(`network.${states.network}`), country: states.country });
    case "franking":
      return t(
        states.verified
          ? states.fullConversation
            ? "claim.franking.full"
            : "claim.franking.part"
          : "claim.franking.failed",
      );
    case "resolution":
      return resolutionWords(states);
    case "account-disabled":
      return t(
        states.value
          ? states.permanent
            ? "claim.account-disabled.for-good"
            : "claim.account-disabled.for-a-time"
          : "claim.account-disabled.no",
      );
    default:
      return states satisfies never;
  }
}

function resolutionWords(states: Extract<ClaimStatement, { kind: "resolution" }>): string {
  return [
    t("claim.resolution", {
      count: states.events,
      address: t(`address-kind.${states.addressKind}`),
      place: states.postcode === undefined ? states.country : `${states.postcode}, ${states.country}`,
    }),
    t(states.corroborated ? "claim.resolution.corroborated" : "claim.resolution.alone"),
  ].join(" ");
}

/** Who says so. */
export function sourceWords(source: Claim["source"]): string {
  switch (source.kind) {
    case "sender":
      return t("source.sender", { name: source.name });
    case "station":
      return t("source.station", { name: source.name });
    case "person":
      return t("source.person", { role: source.role, id: source.id });
    case "list":
      return t("source.list", { name: source.name });
    case "rule":
      return t("source.rule", { id: source.id, version: source.version });
    default:
      return source satisfies never;
  }
}

/** What a claim is about. */
export function targetWords(about: Claim["about"], evidence: readonly EvidenceView[]): string {
  switch (about.kind) {
    case "report":
      return t("target.report");
    case "evidence":
      return evidenceName(evidence.find(({ id }) => id === about.id));
    case "person":
      return personName(about.key);
    case "ip":
      return t("target.ip", { address: about.address });
    default:
      return about satisfies never;
  }
}

/** `suspect-1` as a person reads it. The key comes from the station and its role is one of the model's. */
export function personName(key: string): string {
  const match = /^(.+)-(\d+)$/.exec(key);
  const role = match?.[1];
  const number = match?.[2];
  if (role === undefined || number === undefined) return key;
  switch (role) {
    case "suspect":
    case "recipient":
    case "victim":
    case "reporter":
    case "contact":
    case "associated":
      return t("person.numbered", { role: t(`role.${role}`), number });
    default:
      return key;
  }
}

export function evidenceName(evidence: EvidenceView | undefined): string {
  if (evidence === undefined) return t("evidence.gone");
  return evidence.name ?? t(`evidence.kind.${evidence.kind}`);
}

/** Every claim of a report with the newest first; those without a date came with the report and stand last, as sent. */
export function claimsOf(view: ReportView): Claim[] {
  return [...view.claims, ...view.report.claims].sort((a, b) =>
    (b.madeAt ?? "").localeCompare(a.madeAt ?? ""),
  );
}
