import type { RequestRecord } from "@fairlead/assessment";

/** Headings of a letter's own parts: what a person adds to the template's words. */
const NECESSITY = "Why this is necessary and proportionate";

/**
 * A request as plain text, without a letterhead: whoever sends it puts it on their own. What a person has not written yet is not
 * there; nothing is filled in for them.
 */
export function letterOf(
  { addressee, subject, body }: Pick<RequestRecord, "addressee" | "subject" | "body">,
  necessity: string | null,
): string {
  return [
    ...(addressee.name === undefined ? [] : [`To: ${addressee.name}`]),
    `Subject: ${subject}`,
    "",
    body,
    ...(necessity === null || necessity.trim() === "" ? [] : ["", `${NECESSITY}:`, necessity.trim()]),
    "",
  ].join("\n");
}
