import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useApi } from "../api/context.ts";
import { reportQuery } from "../api/queries.ts";
import type { EvidenceView, NewGrant, ReportView } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { evidenceName } from "../report/claim-words.ts";
import { Button } from "../ui/button.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { type OpenedContent, Viewer } from "./viewer.tsx";

const PURPOSES = [
  "assess-the-report",
  "identify-a-victim",
  "identify-a-suspect",
  "grade-the-material",
  "prepare-a-referral",
  "prepare-for-court",
  "quality-check",
] as const satisfies readonly NewGrant["purpose"][];

interface Props {
  view: ReportView;
  evidence: EvidenceView;
  onClose: () => void;
}

/**
 * First the interruption: what is known, for what purpose, and that it will be in the audit log. Only then a grant, one
 * fetch (each is an opening with a leaf of its own), and the evidence in the same dialog.
 */
export function OpenDialog({ view, evidence, onClose }: Props) {
  const report = view.entry.id;
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const open = useMutation({
    mutationFn: async (grant: NewGrant): Promise<OpenedContent> => {
      const { content, purpose } = await api.call("POST /api/reports/{id}/evidence/{evidenceId}/grants", {
        path: { id: report, evidenceId: evidence.id },
        body: grant,
      });
      return { blob: await api.content(content), purpose };
    },
    // Once the dialog is closed, nothing may keep the bytes.
    gcTime: 0,
    // Even a refused or broken opening may have left a leaf; the page shows what the station knows.
    onSettled: () => queries.invalidateQueries({ queryKey: reportQuery(api, report).queryKey }),
  });
  const name = evidenceName(evidence);
  return (
    <DeskDialog
      title={t(open.data === undefined ? "open.title" : "open.title-opened", { name })}
      isOpen
      onClose={onClose}
      look={open.data === undefined ? "form" : "wide"}
    >
      {open.data === undefined ? (
        <Interruption
          evidence={evidence}
          isBusy={open.isPending}
          error={open.error}
          onOpen={(grant) => open.mutate(grant, { onSuccess: () => announce(t("open.opened")) })}
          onClose={onClose}
        />
      ) : (
        <Viewer content={open.data} evidence={evidence} view={view} onClose={onClose} />
      )}
    </DeskDialog>
  );
}

interface InterruptionProps {
  evidence: EvidenceView;
  isBusy: boolean;
  error: unknown;
  onOpen: (grant: NewGrant) => void;
  onClose: () => void;
}

function Interruption({ evidence, isBusy, error, onOpen, onClose }: InterruptionProps) {
  const [purpose, setPurpose] = useState<NewGrant["purpose"]>();
  const [note, setNote] = useState("");
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (purpose !== undefined && !isBusy)
          onOpen({ purpose, ...(note.trim() === "" ? {} : { note: note.trim() }) });
      }}
    >
      <div className="interruption">
        <p>{t("open.before")}</p>
        <p>{t("open.logged")}</p>
        {evidence.seenBefore > 0 && <p>{t("open.seen", { count: evidence.seenBefore })}</p>}
        {evidence.known.length > 0 && (
          <ul>
            {evidence.known.map(({ text, source }) => (
              <li key={`${text} ${source}`}>
                {text} {t("evidence.says", { source })}
              </li>
            ))}
          </ul>
        )}
      </div>
      <ChoiceInput
        label={t("open.purpose")}
        value={purpose}
        onChange={setPurpose}
        choices={PURPOSES.map((value) => ({
          value,
          label: t("open.purpose-choice", { purpose: t(`purpose.${value}`) }),
        }))}
      />
      <TextInput
        label={t("open.note")}
        hint={t("open.note-hint")}
        value={note}
        onChange={setNote}
        lines={2}
      />
      {error !== null && <ErrorNotice error={error} />}
      <div className="buttons">
        <Button type="submit" look="primary">
          {t("open.confirm")}
        </Button>
        <Button onPress={onClose}>{t("open.leave")}</Button>
        <output>{isBusy ? t("common.sending") : ""}</output>
      </div>
    </Form>
  );
}
