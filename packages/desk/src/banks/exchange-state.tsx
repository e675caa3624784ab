import type { BankSummary } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { AsSent, Instant, Tag } from "../ui/words.tsx";

/** How the fetching of a bank stands: never, when last, and what is in its way. */
export function ExchangeState({ exchange }: { exchange: BankSummary["exchange"] }) {
  if (exchange === undefined) return t("banks.exchange.none");
  const { kind, runs, fetchedAt, caughtUpAt, failing, nextAt } = exchange;
  return (
    <>
      {failing !== undefined && (
        <>
          <Tag tone="alert">{t("banks.failing")}</Tag>
          <span className="bank-line">
            <AsSent>{failing.words}</AsSent>
          </span>
          <span className="hint">
            {t("banks.failing-since", { attempts: failing.attempts })} <Instant at={failing.since} />.{" "}
            {nextAt !== undefined && (
              <>
                {t("banks.next")} <Instant at={nextAt} />.{" "}
              </>
            )}
            {t("banks.kept-on")}
          </span>
        </>
      )}
      {fetchedAt === undefined ? (
        <span className="bank-line">
          <Tag tone="quiet">{t("banks.never")}</Tag>
        </span>
      ) : (
        <span className="bank-line">
          {t("banks.last-fetched")} <Instant at={fetchedAt} ago />
        </span>
      )}
      {fetchedAt !== undefined && caughtUpAt === undefined && (
        <span className="hint">{t("banks.first-time")}</span>
      )}
      <span className="hint">
        {t(`banks.exchange.${kind}`)}
        {!runs && `. ${t("banks.exchange.over")}`}
      </span>
    </>
  );
}
