import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import type { BankView, PartSort } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { CheckInput, ChoiceInput } from "../ui/fields.tsx";
import { MorePages } from "../ui/more-pages.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { BankChangeDialog } from "./change-form.tsx";
import { partsQuery } from "./queries.ts";

interface Props {
  view: BankView;
  sort: PartSort;
  chosen: readonly string[] | null;
  onClose: () => void;
}
interface Part {
  value: string;
  name?: string;
  live: number;
}

/** Switches a bank on in part: by its source's categories or tags, or by the member who says so. */
export function PartsDialog({ view, sort, chosen, onClose }: Props) {
  const query = useInfiniteQuery(partsQuery(useApi(), view.id, sort));
  const [which, setWhich] = useState<"all" | "some">(chosen === null ? "all" : "some");
  const [values, setValues] = useState<ReadonlySet<string>>(new Set(chosen));
  const [isNoneProblem, setNoneProblem] = useState(false);
  const known: Part[] = query.data?.pages.flatMap((page) => page.parts) ?? [];
  // What is chosen and has no entry now stands here all the same, so that it can be taken out.
  const rest = [...(chosen ?? [])].filter((value) => !known.some((part) => part.value === value));
  const parts = [...known, ...(query.hasNextPage ? [] : rest.map((value): Part => ({ value, live: 0 })))];
  const toggle = (value: string, isOn: boolean) => {
    setNoneProblem(false);
    setValues(new Set(isOn ? [...values, value] : [...values].filter((each) => each !== value)));
  };
  const change = () => {
    if (which === "some" && values.size === 0) {
      setNoneProblem(true);
      return undefined;
    }
    const made = which === "all" ? null : [...values].toSorted();
    switch (sort) {
      case "category":
        return { categories: made };
      case "tag":
        return { tags: made };
      case "member":
        return { members: made };
    }
  };
  return (
    <BankChangeDialog
      view={view}
      title={t(`bank.dialog.${sort}`, { bank: view.name })}
      confirm={t("bank.dialog.confirm")}
      change={change}
      onClose={onClose}
    >
      <ChoiceInput
        label={t("bank.dialog.which")}
        value={which}
        onChange={setWhich}
        choices={[
          { value: "all", label: t("bank.dialog.all") },
          { value: "some", label: t("bank.dialog.some"), hint: t("bank.dialog.part-means") },
        ]}
      />
      {which === "some" && (
        <fieldset className="bank-parts">
          <legend className="label">{t(`bank.${sort}`)}</legend>
          <QueryNotice query={query} />
          {query.isSuccess && parts.length === 0 && <p>{t("bank.dialog.none")}</p>}
          {parts.map(({ value, name, live }) => (
            <CheckInput
              key={value}
              label={name === undefined ? value : t("bank.dialog.named", { value, name })}
              hint={t("bank.dialog.part", { count: live })}
              checked={values.has(value)}
              onChange={(isOn) => toggle(value, isOn)}
            />
          ))}
          <MorePages query={query} label={t("bank.dialog.more")} />
          {isNoneProblem && (
            <p className="field-problem" role="alert">
              {t("bank.dialog.choose")}
            </p>
          )}
        </fieldset>
      )}
    </BankChangeDialog>
  );
}
