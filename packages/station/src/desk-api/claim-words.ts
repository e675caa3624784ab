import type { ClaimSource, ClaimStatement } from "@fairlead/report";

/** A claim in plain English. The desk shows it beside its source, because a flag is a claim and never a fact. */
export function claimText(states: ClaimStatement): string {
  switch (states.kind) {
    case "flag":
      return `${states.value ? "" : "not "}${states.flag.replaceAll("-", " ")}`;
    case "escalation":
      return `escalated: ${states.text}`;
    case "industry-grade":
      return `industry grade ${states.grade}`;
    case "uk-category":
      return `category ${states.category}${states.description === undefined ? "" : `: ${states.description}`}`;
    case "hash-match":
      return `${states.match} match with the list ${states.list}${states.vetted ? " (vetted)" : ""}${states.grade === undefined ? "" : `, graded ${states.grade}`}`;
    case "classifier":
      return `classifier ${states.model} scores ${states.score}`;
    case "network":
      return `${states.network} network${states.country === undefined ? "" : ` in ${states.country}`}`;
    case "franking":
      return `message proof ${states.verified ? "verified" : "does not verify"}${states.fullConversation ? ", whole conversation" : ""}`;
    case "resolution":
      return `${states.events} event(s) resolve to one ${states.addressKind} address${states.postcode === undefined ? "" : ` at ${states.postcode}`}, ${states.country}${states.corroborated ? ", corroborated" : ""}`;
    case "account-disabled":
      return `account ${states.value ? "" : "not "}disabled${states.permanent ? " for good" : " for a time"}`;
  }
}

export function sourceText(source: ClaimSource): string {
  switch (source.kind) {
    case "sender":
    case "station":
    case "list":
      return source.name;
    case "person":
      return `${source.role} ${source.id.slice(-6)}`;
    case "rule":
      return `rule ${source.id} (${source.version})`;
  }
}
