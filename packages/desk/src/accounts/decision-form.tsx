import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { useApi } from "../api/context.ts";
import type { AccountDecision, AccountPage } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceInput, CountInput, TextInput } from "../ui/fields.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { accountQuery, accountsQuery } from "./queries.ts";

const MOST_DAYS = 90;
const FIRST_DAYS = 14;

/** What a person decides about an account, with the reason that the log keeps. */
export function AccountDecisionForm({ view }: { view: AccountPage }) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { account } = view;
  const [decision, setDecision] = useState<AccountDecision["decision"]>();
  const [days, setDays] = useState(FIRST_DAYS);
  const [reason, setReason] = useState("");
  const isHidden = view.standing.some(({ action }) => action === "hide");
  const decide = useMutation({
    mutationFn: async (body: AccountDecision) =>
      await api.call("POST /api/accounts/{account}/decisions", { path: { account }, body }),
    onSuccess: (after) => {
      queries.setQueryData(accountQuery(api, account).queryKey, after);
      void queries.invalidateQueries({ queryKey: accountsQuery(api).queryKey, exact: true });
      setReason("");
      setDecision(undefined);
      announce(t("accounts.decided"));
    },
  });
  return (
    <Section id="decide" title={t("accounts.decide")}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (decision === undefined || reason.trim() === "" || decide.isPending) return;
          decide.mutate({ decision, reason: reason.trim(), ...(decision === "longer" ? { days } : {}) });
        }}
      >
        <ChoiceInput
          label={t("accounts.decision")}
          value={decision}
          onChange={setDecision}
          choices={[
            { value: "keep", label: t("accounts.decision.keep"), hint: t("accounts.decision.keep-hint") },
            { value: "lift", label: t("accounts.decision.lift"), hint: t("accounts.decision.lift-hint") },
            ...(isHidden
              ? [
                  {
                    value: "longer" as const,
                    label: t("accounts.decision.longer"),
                    hint: t("accounts.decision.longer-hint"),
                  },
                ]
              : []),
          ]}
        />
        {decision === "longer" && (
          <CountInput label={t("accounts.days")} value={days} onChange={setDays} max={MOST_DAYS} />
        )}
        <TextInput label={t("accounts.reason")} value={reason} onChange={setReason} lines={2} required />
        {decide.error !== null && <ErrorNotice error={decide.error} acted />}
        <div className="buttons">
          <Button type="submit" look="primary" isDisabled={decide.isPending}>
            {t("accounts.decide-do")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
