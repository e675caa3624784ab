import type { ReactNode } from "react";

export interface SummaryRow {
  term: string;
  value: ReactNode;
}

/** Facts by name, one a row. */
export function SummaryList({ rows }: { rows: readonly (SummaryRow | undefined)[] }) {
  return (
    <dl className="summary-list">
      {rows
        .filter((row) => row !== undefined)
        .map(({ term, value }) => (
          <div key={term} className="summary-row">
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
