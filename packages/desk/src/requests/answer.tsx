import type { RequestView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { AsSent, Instant, Tag } from "../ui/words.tsx";

type AnswerView = RequestView["answers"][number];

/** What came back, and what it changed: said in words, because a level that rose is easily overlooked. */
export function Answer({ answer }: { answer: AnswerView }) {
  const { provider, receivedAt, by, late, facts, changed } = answer;
  return (
    <div className="answer">
      <p>
        <strong>{t("requests.answer-from", { provider })}</strong> <Instant at={receivedAt} />{" "}
        {late && <Tag tone="quiet">{t("requests.late")}</Tag>}{" "}
        <span className="hint">{t("requests.recorded-by", { by })}</span>
      </p>
      {facts.length > 0 && (
        <ul>
          {facts.map((fact) => (
            <li key={fact}>
              <AsSent>{fact}</AsSent>
            </li>
          ))}
        </ul>
      )}
      {changed !== undefined && <Changed changed={changed} />}
    </div>
  );
}

function Changed({ changed }: { changed: NonNullable<AnswerView["changed"]> }) {
  const { levelFrom, levelTo, tierFrom, tierTo, attributes } = changed;
  return (
    <>
      <p>
        <strong>
          {levelFrom === levelTo
            ? t("requests.same", { level: levelTo })
            : t(levelTo > levelFrom ? "requests.rose" : "requests.fell", { from: levelFrom, to: levelTo })}
        </strong>
      </p>
      <ul>
        {tierTo < tierFrom && <li>{t("requests.tier-rose", { from: tierFrom, to: tierTo })}</li>}
        {attributes.map(({ attribute, from, to }) => (
          <li key={attribute}>
            {t("requests.attribute-changed", { attribute: attributeName(attribute), from, to })}
          </li>
        ))}
      </ul>
    </>
  );
}

const ATTRIBUTES = ["offence", "attribution", "place", "time", "integrity"] as const;

function attributeName(name: string): string {
  const known = ATTRIBUTES.find((attribute) => attribute === name);
  return known === undefined ? name : t(`attribute.${known}`);
}
