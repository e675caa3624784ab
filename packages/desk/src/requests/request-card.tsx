import type { RequestView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { type SummaryRow, SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Tag } from "../ui/words.tsx";
import { Answer } from "./answer.tsx";
import { Letter } from "./letter.tsx";

export type RequestStepName = "edit" | "sent" | "answer" | "refused" | "withdrawn";

/** What a person can do from each state; the station's own state machine has the last word. */
const STEPS: Readonly<Record<RequestView["state"], readonly RequestStepName[]>> = {
  drafted: ["sent", "edit", "withdrawn"],
  sent: ["answer", "refused", "withdrawn"],
  "answered-in-part": ["answer", "refused", "withdrawn"],
  lapsed: ["answer", "refused", "withdrawn"],
  answered: [],
  refused: [],
  withdrawn: [],
};
const WORDS = {
  edit: "requests.edit",
  sent: "requests.mark-sent",
  answer: "requests.record-answer",
  refused: "requests.record-refusal",
  withdrawn: "requests.withdraw",
} as const;

interface Props {
  request: RequestView;
  mayAct: boolean;
  onStep: (step: RequestStepName) => void;
}

/** One request: where it stands and until when, what came back, and what can be done now. */
export function RequestCard({ request, mayAct, onStep }: Props) {
  const { state, overdue, to, role, askFor: what, expected, answers, steps } = request;
  const named = t(`request-role.${role}`);
  const key = expected.levelFrom === expected.levelTo ? "requests.expected-part" : "requests.expected";
  const isDrafted = !steps.some((step) => step.to === "sent");
  return (
    <article className="card">
      <p>
        <Tag tone={overdue ? "alert" : "strong"}>{t(`request-state.${state}`)}</Tag>{" "}
        {overdue && <Tag tone="alert">{t("requests.overdue")}</Tag>}
      </p>
      <p>
        {to === undefined
          ? t("requests.asks", { role: named, what })
          : t("requests.asks-named", { role: named, name: to, what })}
      </p>
      {answers.length === 0 && <p className="hint">{t(key, expected)}</p>}
      <Clocks request={request} />
      {answers.map((answer) => (
        <Answer key={answer.id} answer={answer} />
      ))}
      {mayAct && STEPS[state].length > 0 && (
        <div className="buttons">
          {STEPS[state]
            .filter((step) => !(isDrafted && state === "lapsed" && step !== "withdrawn"))
            .map((step, index) => (
              <Button key={step} look={index === 0 ? "primary" : "plain"} onPress={() => onStep(step)}>
                {t(WORDS[step])}
              </Button>
            ))}
        </div>
      )}
      <Letter request={request} />
      <Steps steps={steps} />
    </article>
  );
}

function Clocks({ request }: { request: RequestView }) {
  const now = useNow();
  const { sent, answerBy, answerableUntil, routes, legalRoute, necessity } = request;
  const until = (at: string) => `${timeLeft(at, now)} (${formatInstant(at)})`;
  const law = routes.find(({ id }) => id === legalRoute);
  const rows: (SummaryRow | undefined)[] = [
    sent === undefined
      ? undefined
      : {
          term: t("requests.sent"),
          value: (
            <>
              <Instant at={sent.at} ago />{" "}
              {t("requests.sent-value", { to: sent.to, way: t(`sending-way.${sent.way}`) })}
            </>
          ),
        },
    sent?.reference === undefined
      ? undefined
      : { term: t("requests.reference"), value: <AsSent>{sent.reference}</AsSent> },
    answerBy === undefined ? undefined : { term: t("requests.answer-by"), value: until(answerBy) },
    answerableUntil === undefined
      ? undefined
      : { term: t("requests.answerable-until"), value: until(answerableUntil) },
    law === undefined ? undefined : { term: t("requests.law"), value: law.text },
    necessity === undefined ? undefined : { term: t("requests.necessity"), value: necessity },
  ];
  return <SummaryList rows={rows} />;
}

function Steps({ steps }: Pick<RequestView, "steps">) {
  return (
    <details className="details">
      <summary>{t("requests.steps")}</summary>
      <ol>
        {steps.map(({ to, at, by, note }) => (
          <li key={`${at} ${to}`}>
            <Instant at={at} /> {t("requests.step", { state: t(`request-state.${to}`), by })}
            {note !== undefined && <span className="hint">{t("requests.why", { note })}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}
