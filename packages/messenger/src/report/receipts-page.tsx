import { useMessengerState, useVoice } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import { t } from "../messages/catalogue.ts";
import { dayAndTime } from "../time/when.ts";
import { Page } from "../ui/page.tsx";
import { categoryWords } from "./categories.ts";
import { stateWords } from "./receipt-words.ts";

/** Every report that was made with this account, the newest first. */
export function ReceiptsPage() {
  const { receipts } = useMessengerState();
  const voice = useVoice();
  const newest = receipts.toSorted((a, b) => b.createdAt - a.createdAt);
  return (
    <Page title={t("receipts.title")} back={{ to: { page: "settings" }, label: t("settings.back") }}>
      {newest.length === 0 ? (
        <p>{t("receipts.none")}</p>
      ) : (
        <ul className="receipts">
          {newest.map((receipt) => (
            <li key={receipt.reportId}>
              <Link to={{ page: "report", reportId: receipt.reportId }} className="receipt-line">
                <span className="receipt-what">{categoryWords(voice, receipt.category)}</span>
                <span className="hint">{dayAndTime(receipt.createdAt)}</span>
                <span>{stateWords(receipt.state)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
