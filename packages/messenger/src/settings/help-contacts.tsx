import { useMessengerState, useVoice } from "../app/messenger-context.tsx";
import { say, t } from "../messages/catalogue.ts";

/** People to turn to: those whom the operator names, and always somebody whom one trusts. */
export function HelpContacts() {
  const help = useMessengerState().hub?.help ?? [];
  const voice = useVoice();
  return (
    <ul className="help-contacts">
      <li>
        <p className="help-name">{say(voice, "help.trusted")}</p>
        <p className="hint">{say(voice, "help.trusted-how")}</p>
      </li>
      {help.map(({ name, about, url, telephone }) => (
        <li key={name}>
          <p className="help-name">
            <bdi>{name}</bdi>
          </p>
          <p className="hint">{about}</p>
          <p className="help-links">
            {telephone !== null && (
              <a href={`tel:${telephone.replaceAll(/[^+\d]/g, "")}`}>{t("help.call", { telephone })}</a>
            )}
            {url !== null && /^https?:/.test(url) && (
              <a href={url} target="_blank" rel="noopener noreferrer">
                {t("help.visit", { name })}
              </a>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
