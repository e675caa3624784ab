import { useMessenger, useMessengerState } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";

/** People who ask whether they may add this person to conversations. */
export function Asks() {
  const { asks } = useMessengerState();
  const messenger = useMessenger();
  const answer = useAction((uri: string, isYes: boolean) => messenger.answerAsk(uri, isYes));
  if (asks.length === 0) return null;
  return (
    <>
      <ul className="asks">
        {asks.map(({ uri, name }) => (
          <li key={uri} className="ask">
            <p>
              <bdi>{t("ask.title", { name })}</bdi>
            </p>
            <p className="hint">{t("ask.handle", { handle: uri.slice(uri.lastIndexOf("/") + 1) })}</p>
            <div className="buttons">
              <Button onPress={() => answer.run(uri, true)}>{t("ask.accept", { name })}</Button>
              <Button onPress={() => answer.run(uri, false)}>{t("ask.decline")}</Button>
            </div>
          </li>
        ))}
      </ul>
      <ErrorNotice error={answer.error} />
    </>
  );
}
