import type { ReportView, Statement } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { personName } from "./claim-words.ts";

/** Free text as it was sent. Talk between people stays folded until somebody chooses to read it. */
export function StatementsSection({ view }: { view: ReportView }) {
  const statements = shownStatements(view);
  if (statements.length === 0) return null;
  return (
    <Section id="statements" title={t("statements.title")} count={statements.length}>
      <Gradually items={statements} step={20}>
        {(items) => items.map(({ statement, path }) => <StatementText key={path} statement={statement} />)}
      </Gradually>
    </Section>
  );
}

/** What the section of UK direct reports says in its own words is not said here again. */
export function shownStatements({ door, report }: ReportView): { statement: Statement; path: string }[] {
  return report.statements
    .map((statement, index) => ({ statement, path: `/statements/${index}` }))
    .filter(({ statement }) => door !== "uk-direct" || statement.path?.startsWith("uk-direct/") !== true);
}

function StatementText({ statement }: { statement: Statement }) {
  const title = [
    t(`statement.${statement.topic}`),
    ...(statement.person === undefined ? [] : [personName(statement.person)]),
    t("statements.length", { count: statement.text.length }),
  ].join(", ");
  return (
    <details className="details" open={statement.topic === "note" && statement.text.length < 2000}>
      <summary>{title}</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}
      <pre className="long-text" tabIndex={0}>
        {statement.text}
      </pre>
      {statement.path !== undefined && (
        <p className="hint">
          {t("statements.stood-at")} <code>{statement.path}</code>
        </p>
      )}
    </details>
  );
}
