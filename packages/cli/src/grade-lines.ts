import type { ItemId, WhatIsMissing } from "@fairlead/assessment";
import type { Graded } from "./report-grade.ts";

/** Where each thing that a report can lack stands in the documents of its wire. */
export type Fields = Readonly<Record<ItemId, string>>;

/** A grade as a script reads it. */
export function gradeSummary(
  { assessment: { sufficiency, urgency, doubts = [] }, missing }: Graded,
  fields: Fields,
  tables: string,
) {
  return {
    level: sufficiency.level,
    tier: urgency.tier,
    attributes: sufficiency.attributes,
    binding: sufficiency.binding,
    wouldRaise: sufficiency.wouldRaise.map((request) => ({
      attribute: request.attribute,
      from: request.from,
      to: request.to,
      ask: request.askWhom,
      what: request.askFor,
      expectedLevel: request.expectedLevel,
    })),
    doubts: doubts.map(({ code, path, text }) => ({ code, path, text })),
    missing: {
      items: missing.items.map((item) => ({ ...item, field: fields[item.id] })),
      ...(missing.next === undefined ? {} : { next: missing.next }),
      whole: missing.whole,
    },
    networkTables: tables,
    unknown: [...urgency.unknown, ...sufficiency.unknown].map((reason) => reason.text),
  };
}

/** A grade as a person reads it. */
export function gradeLines(graded: Graded, fields: Fields, tables: string): string[] {
  const { sufficiency, urgency, doubts = [] } = graded.assessment;
  const attributes = Object.entries(sufficiency.attributes).map(([name, value]) => `${name} ${value}`);
  return [
    `As a receiving desk would grade it: ${sufficiency.level}, ${urgency.tier} (${attributes.join(", ")})`,
    ...(sufficiency.binding.length === 0 ? [] : [`Held down by: ${sufficiency.binding.join(", ")}`]),
    ...sufficiency.wouldRaise
      .slice(0, 5)
      .map(
        (request) => `Would raise ${request.attribute} ${request.from} to ${request.to}: ${request.askFor}`,
      ),
    ...doubts.map(({ path, text }) => `Doubted: ${path}: ${text}`),
    ...missingLines(graded.missing, fields),
    `Addresses were looked up in: ${tables}.`,
    "A grade is decision support; a person decides.",
  ];
}

/** What each missing item would be worth, and the next step up. */
function missingLines({ level, items, next, whole }: WhatIsMissing, fields: Fields): string[] {
  if (items.length === 0) return ["Nothing that a sender can send is missing."];
  const said = new Map(items.map((item) => [item.id, item]));
  return [
    `Missing, and what each would be worth by itself (now ${level}; with all of it ${whole}):`,
    ...items.map(({ id, text, lifts, level: alone }) => {
      const worth = lifts.map(({ attribute, from, to }) => `${attribute} ${from} to ${to}`).join(", ");
      return `  ${fields[id]}: ${text} (${worth === "" ? "no attribute" : worth}; ${alone})`;
    }),
    ...(next === undefined
      ? ["No more than that would raise the level from the sender's side."]
      : [`Next step, to ${next.level}: ${next.items.map((id) => said.get(id)?.text ?? id).join("; and ")}`]),
  ];
}
