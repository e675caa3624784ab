import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import type { BankFeedback, HashKind, NewFeedback } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";
import { feedbackQuery } from "./queries.ts";
import { ReasonFields } from "./reason-fields.tsx";

interface Props {
  bank: string;
  entry: string;
  source: string;
  protocol: NonNullable<BankFeedback["protocol"]>;
  /** Kinds of hashes about which the source can be told something. */
  kinds: readonly HashKind[];
  onClose: () => void;
}
type Opinion = NewFeedback["opinion"];
const OPINIONS = ["affirmative", "negative"] as const;

/** A person says to the source of an entry that it is right or wrong, and reads first what is told and what stays here. */
export function TellDialog({ bank, entry, source, protocol, kinds, onClose }: Props) {
  const [kind, setKind] = useState<HashKind | undefined>(kinds.length === 1 ? kinds[0] : undefined);
  const [opinion, setOpinion] = useState<Opinion>();
  const [reasons, setReasons] = useState<readonly string[]>([]);
  const [isReasonMissing, setReasonMissing] = useState(false);
  const [note, setNote] = useState("");
  const tell = useTell(bank, entry, onClose);
  const needsReason = protocol === "ncmec" && opinion === "negative";
  const submit = () => {
    if (kind === undefined || opinion === undefined) return;
    setReasonMissing(needsReason && reasons.length === 0);
    if (needsReason && reasons.length === 0) return;
    tell.mutate({ kind, opinion, reasons: needsReason ? [...reasons] : [], note: note.trim() });
  };
  return (
    <DeskDialog title={t("feedback.dialog", { source })} isOpen onClose={onClose} isBusy={tell.isPending}>
      <DecisionForm
        confirm={t("feedback.dialog.confirm")}
        isBusy={tell.isPending}
        error={tell.error}
        onCancel={onClose}
        onSubmit={submit}
      >
        <p className="interruption">{t(`feedback.dialog.protocol.${protocol}`)}</p>
        {kinds.length > 1 && (
          <ChoiceInput
            label={t("feedback.dialog.kind")}
            value={kind}
            onChange={(next) => {
              setKind(next);
              setReasons([]);
            }}
            choices={kinds.map((value) => ({ value, label: t(`banks.kind.${value}`) }))}
          />
        )}
        <ChoiceInput<Opinion>
          label={t("feedback.dialog.opinion")}
          value={opinion}
          onChange={setOpinion}
          choices={OPINIONS.map((value) => {
            const means = `${protocol}-${value}` as const;
            return { value, label: t(`feedback.opinion.${value}`), hint: t(`feedback.hint.${means}`) };
          })}
        />
        {needsReason && kind !== undefined && (
          <ReasonFields
            key={kind}
            bank={bank}
            entry={entry}
            kind={kind}
            chosen={reasons}
            isMissing={isReasonMissing}
            onChange={(next) => {
              setReasonMissing(false);
              setReasons(next);
            }}
          />
        )}
        <TextInput
          label={t("feedback.dialog.note")}
          hint={t("feedback.dialog.note-hint")}
          value={note}
          onChange={setNote}
          required
          minLength={3}
          maxLength={1000}
          lines={2}
        />
      </DecisionForm>
    </DeskDialog>
  );
}

function useTell(bank: string, entry: string, onDone: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { queryKey } = feedbackQuery(api, bank, entry);
  return useMutation({
    mutationFn: async (body: NewFeedback) =>
      await api.call("POST /api/banks/{bank}/entries/{entry}/feedback", { path: { bank, entry }, body }),
    onSuccess: async (view) => {
      queries.setQueryData(queryKey, view);
      announce(t("feedback.done"));
      onDone();
      await queries.invalidateQueries({ queryKey: ["review-decided"] });
    },
    onError: async () => await queries.invalidateQueries({ queryKey }),
  });
}
