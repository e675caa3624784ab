import { useState } from "react";
import { useMessengerState, useVoice } from "../app/messenger-context.tsx";
import type { SafetyView } from "../client/hub/api.ts";
import { say, t } from "../messages/catalogue.ts";
import { dayAndTime } from "../time/when.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { AppealDialog } from "./appeal-dialog.tsx";

/** What stands for this account: what it is, until when, and that a person can be asked to look. */
export function OwnSafety() {
  const { safety } = useMessengerState();
  const voice = useVoice();
  const [isAsking, setIsAsking] = useState(false);
  if (safety === null || safety.actions.length === 0) return null;
  const { actions, requestsADay: count, appeal } = safety;
  return (
    <>
      {actions.map(({ action, until }, index) => (
        <Notice key={action} icon="clock" title={t(`safety.${action}.title`, { count })}>
          <p>{say(voice, `safety.${action}`, { count, until: dayAndTime(until) })}</p>
          {index === actions.length - 1 && (
            <>
              <p>{say(voice, "safety.how")}</p>
              <Appealed appeal={appeal} onAsk={() => setIsAsking(true)} />
            </>
          )}
        </Notice>
      ))}
      <AppealDialog isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </>
  );
}

function Appealed({ appeal, onAsk }: { appeal: SafetyView["appeal"]; onAsk: () => void }) {
  if (appeal === null)
    return (
      <div className="buttons">
        <Button onPress={onAsk}>{t("safety.appeal.open")}</Button>
      </div>
    );
  return (
    <p>
      {appeal.decidedAt === null
        ? t("safety.appeal.waiting", { at: dayAndTime(appeal.madeAt) })
        : t("safety.appeal.decided", { at: dayAndTime(appeal.decidedAt) })}
    </p>
  );
}
