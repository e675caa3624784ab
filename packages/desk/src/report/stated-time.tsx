import { t } from "../messages/catalogue.ts";
import { type StatedMoment, statedTime } from "../time/stated-time.ts";
import { AsSent, Unknown } from "../ui/words.tsx";

/** A time as stated: the instant in UTC, how its zone is known, and the sender's own text where that differs. */
export function StatedTime({ moment }: { moment: StatedMoment | undefined }) {
  if (moment === undefined) return <Unknown>{t("time.not-stated")}</Unknown>;
  const { text, how, certain, raw, at } = statedTime(moment);
  return (
    <span className="stated-time">
      {at === undefined ? <AsSent>{text}</AsSent> : <time dateTime={at}>{text}</time>}
      <span className="stated-how">
        {certain ? how : <Unknown>{how}</Unknown>}
        {raw !== undefined && (
          <>
            {". "}
            {t("time.as-sent")} <AsSent>{raw}</AsSent>
          </>
        )}
      </span>
    </span>
  );
}
