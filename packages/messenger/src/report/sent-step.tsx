import { useEffect, useRef } from "react";
import { useMessengerState, useVoice } from "../app/messenger-context.tsx";
import { useNavigation } from "../app/navigation.tsx";
import type { Receipt } from "../client/state.ts";
import { say, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { HelpContacts } from "../settings/help-contacts.tsx";
import { ReceiptNumber } from "./receipt-number.tsx";

/** After it was sent: thanks, the number, and what can be done now. */
export function SentStep({ receipt, onClose }: { receipt: Receipt; onClose: () => void }) {
  const voice = useVoice();
  const navigation = useNavigation();
  const latest =
    useMessengerState().receipts.find(({ reportId }) => reportId === receipt.reportId) ?? receipt;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="report">
      <h3 className="report-heading" ref={heading} tabIndex={-1}>
        {say(voice, "report.sent.title")}
      </h3>
      <p>{latest.state === "waiting" ? t("report.sent.waiting") : say(voice, "report.sent.text")}</p>
      <ReceiptNumber receipt={latest} />
      <p>{say(voice, "report.sent.help")}</p>
      <HelpContacts />
      <div className="buttons report-buttons">
        <Button look="primary" onPress={onClose}>
          {t("report.sent.done")}
        </Button>
        <Button
          onPress={() => {
            onClose();
            navigation.go({ page: "report", reportId: receipt.reportId });
          }}
        >
          {t("report.sent.follow")}
        </Button>
      </div>
    </div>
  );
}
