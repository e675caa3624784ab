import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import type { BankView, NewBankChange } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { bankQuery, banksQuery } from "./queries.ts";

/** Changes what a bank is taken for, or what of it matches. Nothing is shown as done before the station has answered. */
export function useBankChange({ id, seen }: Pick<BankView, "id" | "seen">, onDone: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const refresh = async () =>
    await Promise.all(
      [bankQuery(api, id).queryKey, banksQuery(api).queryKey, ["review-policies"]].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
  return useMutation({
    mutationFn: async (change: Omit<NewBankChange, "seen">) =>
      await api.call("POST /api/banks/{bank}/changes", { path: { bank: id }, body: { seen, ...change } }),
    onSuccess: async () => {
      announce(t("bank.done"));
      onDone();
      await refresh();
    },
    onError: refresh,
  });
}
