import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import type { MediaPolicy, NewMediaPolicy } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { Button } from "../ui/button.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { Instant } from "../ui/words.tsx";
import { policiesQuery } from "./queries.ts";

/** What a match with each bank does, and who said so. */
export function PoliciesSection({ mayDecide }: { mayDecide: boolean }) {
  const query = useQuery(policiesQuery(useApi()));
  const [changing, setChanging] = useState<MediaPolicy>();
  const banks = query.data?.banks ?? [];
  return (
    <Section id="policies" title={t("review.policies.title")}>
      <p className="hint">{t("review.policies.intro")}</p>
      <QueryNotice query={query} />
      {query.isSuccess && banks.length === 0 && <p className="empty">{t("review.policies.none")}</p>}
      {banks.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <caption className="visually-hidden">{t("review.policies.title")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("review.policies.bank")}</th>
                <th scope="col">{t("review.policies.exact")}</th>
                <th scope="col">{t("review.policies.perceptual")}</th>
                {mayDecide && <th scope="col">{t("review.policies.change")}</th>}
              </tr>
            </thead>
            <tbody>
              {banks.map((bank) => (
                <tr key={bank.bank}>
                  <th scope="row">
                    {bank.bankName}
                    <span className="hint">
                      {bank.source}, {t(`review.trust.${bank.trust}`)}
                    </span>
                  </th>
                  <td data-label={t("review.policies.exact")}>
                    {t(`review.action.${bank.exact}`)}
                    {bank.decidedBy !== undefined && bank.decidedAt !== undefined && (
                      <span className="hint">
                        {bank.decidedBy} <Instant at={bank.decidedAt} />
                      </span>
                    )}
                  </td>
                  <td data-label={t("review.policies.perceptual")}>
                    {t(`review.action.${bank.perceptual}`)}
                  </td>
                  {mayDecide && (
                    <td data-label={t("review.policies.change")}>
                      <Button onPress={() => setChanging(bank)}>
                        {t("review.policies.change-one", { bank: bank.bankName })}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {changing !== undefined && <PolicyDialog bank={changing} onClose={() => setChanging(undefined)} />}
    </Section>
  );
}

function PolicyDialog({ bank, onClose }: { bank: MediaPolicy; onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [exact, setExact] = useState(bank.exact);
  const [perceptual, setPerceptual] = useState(bank.perceptual);
  const [reason, setReason] = useState("");
  const decide = useMutation({
    mutationFn: async (body: NewMediaPolicy) =>
      await api.call("POST /api/review/policies/{bank}", { path: { bank: bank.bank }, body }),
    onSuccess: (answer) => {
      queries.setQueryData(policiesQuery(api).queryKey, answer);
      announce(t("review.policies.done"));
      onClose();
    },
  });
  const exactChoices =
    bank.trust === "vetted-graded"
      ? (["nothing", "review", "report"] as const)
      : (["nothing", "review"] as const);
  return (
    <DeskDialog
      title={t("review.policies.dialog", { bank: bank.bankName })}
      isOpen
      onClose={onClose}
      isBusy={decide.isPending}
    >
      <DecisionForm
        confirm={t("review.policies.confirm")}
        isBusy={decide.isPending}
        error={decide.error}
        onCancel={onClose}
        onSubmit={() => decide.mutate({ exact, perceptual, reason: reason.trim() })}
      >
        <ChoiceInput
          label={t("review.policies.exact")}
          value={exact}
          onChange={setExact}
          choices={exactChoices.map((value) => ({ value, label: t(`review.action.${value}`) }))}
        />
        <ChoiceInput
          label={t("review.policies.perceptual")}
          hint={t("review.policies.perceptual-hint")}
          value={perceptual}
          onChange={setPerceptual}
          choices={(["nothing", "review"] as const).map((value) => ({
            value,
            label: t(`review.action.${value}`),
          }))}
        />
        <TextInput label={t("review.reason")} value={reason} onChange={setReason} required lines={2} />
      </DecisionForm>
    </DeskDialog>
  );
}
