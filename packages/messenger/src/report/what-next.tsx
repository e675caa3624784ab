import { useVoice } from "../app/messenger-context.tsx";
import { say, t } from "../messages/catalogue.ts";

/** What happens after a report, as far as anybody can promise it. */
export function WhatNext({ hub }: { hub: string }) {
  const voice = useVoice();
  return (
    <section className="check-part" aria-labelledby="what-next">
      <h3 id="what-next">{t("report.next.title")}</h3>
      <ol className="what-next">
        <li>{say(voice, "report.next.received", { hub })}</li>
        <li>{say(voice, "report.next.checked")}</li>
        <li>{say(voice, "report.next.passed-on", { hub })}</li>
        <li>{say(voice, "report.next.outcome")}</li>
      </ol>
      <p className="hint">{say(voice, "report.next.not-told")}</p>
    </section>
  );
}
