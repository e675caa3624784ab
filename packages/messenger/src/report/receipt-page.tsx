import { useMessengerState, useVoice } from "../app/messenger-context.tsx";
import type { Receipt } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { HelpContacts } from "../settings/help-contacts.tsx";
import { dayAndTime, fullTime } from "../time/when.ts";
import { Page, Section } from "../ui/page.tsx";
import { categoryWords } from "./categories.ts";
import { ReceiptNumber } from "./receipt-number.tsx";
import { stateWords, stepMeaning } from "./receipt-words.ts";
import { WhatNext } from "./what-next.tsx";

/** What has become of one report. */
export function ReceiptPage({ reportId }: { reportId: string }) {
  const { receipts, hub } = useMessengerState();
  const voice = useVoice();
  const receipt = receipts.find((one) => one.reportId === reportId);
  const back = { to: { page: "reports" }, label: t("receipts.back") } as const;
  if (receipt === undefined)
    return (
      <Page title={t("receipts.missing")} back={back}>
        <p>{t("receipts.missing-text")}</p>
      </Page>
    );
  return (
    <Page title={t("receipt.title")} back={back}>
      <p>
        {t("receipt.what", {
          category: categoryWords(voice, receipt.category),
          at: dayAndTime(receipt.createdAt),
        })}{" "}
        {t("receipt.how-much", { shown: receipt.shown, withheld: receipt.withheld })}
      </p>
      <ReceiptNumber receipt={receipt} />
      <Section id="steps" title={t("receipt.steps")}>
        <Steps receipt={receipt} />
      </Section>
      <WhatNext hub={hub?.name ?? ""} />
      <Section id="help" title={t("help.title")}>
        <HelpContacts />
      </Section>
    </Page>
  );
}

function Steps({ receipt }: { receipt: Receipt }) {
  const steps = receipt.steps.length > 0 ? receipt.steps : [{ at: receipt.createdAt, what: receipt.state }];
  return (
    <ol className="timeline" aria-live="polite">
      {steps.map(({ at, what }) => {
        const meaning = stepMeaning(what);
        return (
          <li key={`${what} ${at}`}>
            <p className="timeline-what">{stateWords(what)}</p>
            <p className="hint">
              <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
                {dayAndTime(at)}
              </time>
            </p>
            {meaning !== null && <p>{meaning}</p>}
          </li>
        );
      })}
    </ol>
  );
}
