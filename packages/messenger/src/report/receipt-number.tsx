import { useAnnounce } from "../app/announcer.tsx";
import { useAction } from "../app/use-action.ts";
import type { Receipt } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";

/** What a report is called, to be named in any letter about it. */
export function ReceiptNumber({ receipt }: { receipt: Receipt }) {
  const announce = useAnnounce();
  const number = receipt.receipt ?? receipt.reportId;
  const copy = useAction(async () => {
    await navigator.clipboard.writeText(number);
    announce(t("common.copied"));
  });
  return (
    <div className="receipt-number">
      <p>
        <span className="hint">{t("receipt.number")}</span>
        <code>{number}</code>
      </p>
      <Button icon="copy" onPress={() => copy.run()}>
        {t("common.copy")}
      </Button>
      <ErrorNotice error={copy.error} />
    </div>
  );
}
