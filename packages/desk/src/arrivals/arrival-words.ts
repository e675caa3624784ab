import type { ArrivalView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { outcomeKindWords } from "../report/outcome-words.ts";

/** By which door a report came; a door from a newer station is shown as its code. */
export function doorWords(door: string): string {
  switch (door) {
    case "report":
    case "cybertipline":
    case "package":
    case "uk-direct":
      return t(`arrivals.door.${door}`);
    default:
      return door;
  }
}

/** What became of an arrival: to whom it was referred and what came of it; empty where nothing has. */
export function becameWords({ referred, outcomes }: Pick<ArrivalView, "referred" | "outcomes">): string {
  const peers = referred.length === 0 ? [] : [t("arrivals.referred", { peers: referred.join(", ") })];
  return [...peers, ...outcomes.map(outcomeKindWords)].join(", ");
}

/** What others of the same report were worked to, in one line; `undefined` where none was. */
export function workedWords(members: readonly ArrivalView[]): string | undefined {
  const worked = members.filter(({ relation, status }) => relation === "same" && status !== "new");
  if (worked.length === 0) return undefined;
  const each = worked.map((member) => {
    const became = becameWords(member);
    return t("arrivals.worked-one", {
      number: member.number,
      status: t(`status.${member.status}`).toLowerCase(),
      became: became === "" ? "" : t("arrivals.became", { what: became }),
    });
  });
  return t("arrivals.worked", { what: each.join("; ") });
}
