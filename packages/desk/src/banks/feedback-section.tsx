import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { sessionQuery } from "../api/queries.ts";
import type { BankFeedback } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { AsSent, Instant } from "../ui/words.tsx";
import { feedbackQuery } from "./queries.ts";
import { SaidWords } from "./said-words.tsx";
import { TellDialog } from "./tell-dialog.tsx";

interface Props {
  bank: string;
  entry: string;
  source: string;
}

/** What the source of an entry was told, and what it can be told. */
export function FeedbackSection({ bank, entry, source }: Props) {
  const api = useApi();
  const query = useQuery(feedbackQuery(api, bank, entry));
  const may = useQuery(sessionQuery(api)).data?.may.includes("tell-source") === true;
  const [isTelling, setTelling] = useState(false);
  const view = query.data;
  const kinds = view?.tells.flatMap(({ kind, notTold }) => (notTold === undefined ? [kind] : [])) ?? [];
  return (
    <Section id="feedback" title={t("feedback.title")}>
      <QueryNotice query={query} />
      {view !== undefined && (
        <>
          {view.said.length === 0 ? (
            <p>{t("feedback.nothing")}</p>
          ) : (
            <ol className="timeline">
              {view.said.map((said) => (
                <li key={said.id} className="timeline-item">
                  <SaidWords said={said} />
                </li>
              ))}
            </ol>
          )}
          <WhyNot view={view} />
          {may && kinds.length > 0 && (
            <div className="buttons">
              <Button onPress={() => setTelling(true)}>{t("feedback.tell")}</Button>
            </div>
          )}
          {view.others.length > 0 && <Others others={view.others} />}
          {isTelling && view.protocol !== undefined && (
            <TellDialog
              bank={bank}
              entry={entry}
              source={source}
              protocol={view.protocol}
              kinds={kinds}
              onClose={() => setTelling(false)}
            />
          )}
        </>
      )}
    </Section>
  );
}

/** Why nothing can be said: once where it is the same for all hashes, else for each kind. */
function WhyNot({ view: { tells } }: { view: BankFeedback }) {
  const whys = new Set(tells.map(({ notTold }) => notTold));
  const [only] = whys;
  if (whys.size === 1 && only !== undefined) return <p className="hint">{t(`feedback.not.${only}`)}</p>;
  return tells.map(({ kind, notTold }) =>
    notTold === undefined ? null : (
      <p key={kind} className="hint">
        {t("feedback.of-kind", { kind: t(`banks.kind.${kind}`), words: t(`feedback.not.${notTold}`) })}
      </p>
    ),
  );
}

function Others({ others }: { others: BankFeedback["others"] }) {
  return (
    <>
      <h3>{t("feedback.others")}</h3>
      <p className="hint">{t("feedback.others-hint")}</p>
      <ul className="plain">
        {others.map(({ account, kind, opinion, reasons, at }) => (
          <li key={`${account} ${kind}`}>
            <AsSent>{account}</AsSent>: {t("feedback.said", { opinion, kind: t(`banks.kind.${kind}`) })}
            {reasons.length > 0 && (
              <>
                : <AsSent>{reasons.join("; ")}</AsSent>
              </>
            )}
            , <Instant at={at} />
          </li>
        ))}
      </ul>
    </>
  );
}
