import type { OriginProof } from "../api/shapes.ts";
import { isMessageKey, t } from "../messages/catalogue.ts";
import { Gradually } from "../ui/more.tsx";
import { AsSent, Instant, Tag, Unknown } from "../ui/words.tsx";
import { verdictTone, verdictWords } from "./origin-words.ts";

type Attested = NonNullable<OriginProof["attested"]>;
type Step = Attested["steps"][number];

/** Every step of the verification: those about the report, then those of each message that do not hold. */
export function StepsTables({ attested }: { attested: Attested }) {
  return (
    <>
      <div className="table-scroll">
        <table className="table">
          <caption>{t("origin.steps-caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("origin.column.step")}</th>
              <th scope="col">{t("origin.column.result")}</th>
              <th scope="col">{t("origin.column.what")}</th>
            </tr>
          </thead>
          <tbody>
            {attested.steps.map((step) => (
              <tr key={`${step.step} ${step.code ?? ""}`}>
                <th scope="row">{stepWords(step.step)}</th>
                <td>{t(`origin.result.${step.result}`)}</td>
                <td>
                  <AsSent>{step.detail}</AsSent>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Gradually items={attested.messages} step={50}>
        {(messages) => (
          <div className="table-scroll">
            <table className="table">
              <caption>{t("origin.messages-caption")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("origin.column.seq")}</th>
                  <th scope="col">{t("origin.column.sender")}</th>
                  <th scope="col">{t("origin.column.at")}</th>
                  <th scope="col">{t("origin.column.verdict")}</th>
                  <th scope="col">{t("origin.column.what")}</th>
                </tr>
              </thead>
              <tbody>
                {messages.map((message) => (
                  <tr key={message.index}>
                    <th scope="row">
                      {message.seq} {message.selected && <Tag tone="quiet">{t("origin.selected")}</Tag>}
                    </th>
                    <td>
                      <AsSent>{message.sender}</AsSent>
                    </td>
                    <td>
                      {message.acceptedAt === undefined ? (
                        <Unknown>{t("origin.time-unknown")}</Unknown>
                      ) : (
                        <Instant at={message.acceptedAt} />
                      )}
                    </td>
                    <td>
                      <Tag tone={verdictTone(message)}>{verdictWords(message)}</Tag>
                    </td>
                    <td>
                      <OpenSteps steps={message.open} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Gradually>
    </>
  );
}

/** The steps of one message that did not pass. */
export function OpenSteps({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) return null;
  return (
    <ul className="plain">
      {steps.map(({ step, result, code, detail }) => (
        <li key={`${step} ${code ?? ""}`}>
          {stepWords(step)}, {t(`origin.result.${result}`)}: <AsSent>{detail}</AsSent>
        </li>
      ))}
    </ul>
  );
}

/** A step that a newer verifier has and this desk does not know is shown by its number. */
function stepWords(step: string): string {
  const key: string = `origin.step.${step}`;
  return isMessageKey(key) ? t(key as "origin.step.V1") : step;
}
