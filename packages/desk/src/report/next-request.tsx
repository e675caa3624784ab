import type { Assessment } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

type Request = Assessment["wouldRaise"][number];

/** The one question that would carry this report furthest, and the others behind a fold. */
export function NextRequest({ assessment }: { assessment: Assessment }) {
  const [best, ...others] = assessment.wouldRaise;
  if (best === undefined) return null;
  return (
    <div className="next-request">
      <h3>{t("request.best")}</h3>
      <RequestWords request={best} />
      {others.length > 0 && (
        <details className="details">
          <summary>{t("request.others", { count: others.length })}</summary>
          <ul>
            {others.map((request) => (
              <li key={`${request.attribute} ${request.to} ${request.what}`}>
                <RequestWords request={request} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function RequestWords({ request }: { request: Request }) {
  const { ask, what, route, from, to, expectedLevel } = request;
  return (
    <>
      <p>{t("request.ask", { ask, what })}</p>
      <p className="hint">
        {t("request.route", { route })}{" "}
        {expectedLevel === undefined
          ? t("request.lifts", { from, to })
          : t("request.lifts-level", { from, to, level: expectedLevel })}
      </p>
    </>
  );
}
