import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { senderQuery } from "../api/queries.ts";
import type { Burst } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { TextInput } from "../ui/fields.tsx";
import { burstTitle, shareText } from "./burst-words.ts";

interface Props {
  sender: string;
  burst: Burst;
  onClose: () => void;
}

/** A person says that a sender's reports are like this from now on, and why. */
export function AcceptDialog({ sender, burst, onClose }: Props) {
  const [reason, setReason] = useState("");
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const accept = useMutation({
    mutationFn: async () =>
      await api.call("POST /api/senders/{id}/bursts/{burst}/accept", {
        path: { id: sender, burst: burst.id },
        body: { reason: reason.trim() },
      }),
    onSuccess: (view) => {
      queries.setQueryData(senderQuery(api, sender).queryKey, view);
      announce(t("burst.accepted"));
      onClose();
    },
    onSettled: async () => {
      await Promise.all(
        ["senders", "sender", "tasks", "calls", "queue-head"].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
  });
  return (
    <DeskDialog title={t("burst.accept")} isOpen onClose={onClose} isBusy={accept.isPending}>
      <DecisionForm
        confirm={t("burst.accept")}
        isBusy={accept.isPending}
        error={accept.error}
        onCancel={onClose}
        onSubmit={() => accept.mutate()}
      >
        <p>{burstTitle(burst)}</p>
        <p>{t("burst.accept-means", { before: shareText(burst.before), now: shareText(burst.now) })}</p>
        <TextInput
          label={t("burst.reason")}
          hint={t("burst.reason-hint")}
          value={reason}
          onChange={setReason}
          required
          minLength={3}
          maxLength={2000}
          lines={3}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
