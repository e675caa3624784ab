import type { AccountSignal } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

/** One rule that held: what it counted, how often such a signal is right, and what speaks against it. */
export function SignalCard({ signal }: { signal: AccountSignal }) {
  const { rule, met, counter, lookAlikes, right, reviewBy } = signal;
  const title = t(`accounts.rule.${rule}`);
  return (
    <article className="card" aria-label={title}>
      <h3 className="card-title">{title}</h3>
      <p>
        <strong>
          {t("accounts.right", {
            atOneIn: right.atOneIn,
            share: ofHundred(right.share),
            low: ofHundred(right.low),
          })}
        </strong>
      </p>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("accounts.measure")}</th>
              <th scope="col">{t("accounts.value")}</th>
              <th scope="col">{t("accounts.limit")}</th>
            </tr>
          </thead>
          <tbody>
            {met.map(({ measure, value, atLeast, atMost }) => (
              <tr key={measure}>
                <th scope="row">{t(`accounts.measure.${measure}`)}</th>
                <td>{figure(measure, value)}</td>
                <td>
                  {atLeast !== undefined && t("accounts.at-least", { value: figure(measure, atLeast) })}{" "}
                  {atMost !== undefined && t("accounts.at-most", { value: figure(measure, atMost) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h4>{t("accounts.against")}</h4>
      {counter.length === 0 ? (
        <p>{t("accounts.against-none")}</p>
      ) : (
        <ul>
          {counter.map(({ what }) => (
            <li key={what}>{t(`accounts.counter.${what}`)}</li>
          ))}
        </ul>
      )}
      <p>
        {t("accounts.look-alikes", { who: lookAlikes.map((who) => t(`accounts.like.${who}`)).join(", ") })}
      </p>
      <p className="hint">
        {t("accounts.cannot")} {t("accounts.review-by", { day: reviewBy })}
      </p>
    </article>
  );
}

/** Times of a hundred, with a decimal only below ten. */
function ofHundred(share: number): string {
  const value = share * 100;
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

function figure(measure: string, value: number): string {
  return measure.endsWith("-share") ? `${Math.round(value * 100)} %` : String(Math.floor(value));
}
