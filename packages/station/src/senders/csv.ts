import type { SenderView } from "../desk-api/sender-contract.ts";

/**
 * A scorecard as RFC 4180 text: a line for each month and measure, with its count, of how many, share and range. A share of nothing is
 * empty: unknown, which is not zero.
 */
export function csvOf({ id, months }: SenderView): string {
  const lines = months.flatMap(({ month, reports, fields, shares }) =>
    Object.entries({ ...fields, ...shares }).map(([name, { count, of, share, low, high }]) =>
      [id, month, reports, name, count, of, share ?? "", low, high].map(quoted).join(","),
    ),
  );
  return [
    ["sender", "month", "reports", "measure", "count", "of", "share", "low", "high"].join(","),
    ...lines,
    "",
  ].join("\r\n");
}

/** A sender chooses its own id: what a spreadsheet would take for a formula is made text. */
function quoted(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
