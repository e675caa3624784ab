import type { NewOutcome } from "../api/shapes.ts";
import { isMessageKey, t } from "../messages/catalogue.ts";

/** What kind of outcome it was, from the code that the queue carries; a kind from a newer peer is shown as its code. */
export function outcomeKindWords(kind: string): string {
  const key = `outcome.kind.${kind}`;
  return isMessageKey(key) ? kindWords(key) : kind;
}

function kindWords(key: string): string {
  switch (key) {
    case "outcome.kind.arrest":
    case "outcome.kind.charge":
    case "outcome.kind.children-safeguarded":
    case "outcome.kind.no-further-action":
    case "outcome.kind.useless":
    case "outcome.kind.duplicate":
      return t(key);
    default:
      return key;
  }
}

/** An outcome about to be recorded, in full, for checking before it is sent. */
export function outcomeWords(statement: NewOutcome): string {
  switch (statement.kind) {
    case "arrest":
      return t("outcome.arrest", { count: statement.arrests });
    case "charge":
      return t("outcome.charge", { count: statement.charges });
    case "children-safeguarded":
      return t("outcome.children-safeguarded", { count: statement.children });
    case "no-further-action":
      return t("outcome.no-further-action", { reason: t(`no-action.${statement.reason}`) });
    case "useless":
      return t("outcome.useless", { reason: t(`useless.${statement.reason}`) });
    case "duplicate":
      return t("outcome.duplicate", { of: statement.of });
    default:
      return statement satisfies never;
  }
}
