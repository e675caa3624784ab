import { useState } from "react";
import { t } from "../messages/catalogue.ts";
import { formatDay } from "../time/instant.ts";
import { useNow } from "../time/now.tsx";
import { ChoiceInput, SelectInput, TextInput } from "../ui/fields.tsx";
import { dayAfter, ownZone, zonesFor } from "./last-day.ts";

/** Spans that people are asked for: a preservation letter's 90 days, and a year. */
const SPANS = { quarter: 90, year: 365 } as const;
type Way = keyof typeof SPANS | "day" | "none";

/** A last day as somebody fills it in; `undefined` before they have. `none`: there is no last day. */
export type LastDayDraft = { day: string; zone: string } | "none" | undefined;

interface Props {
  onChange: (value: LastDayDraft) => void;
  /** Whether it may stand until somebody ends it. */
  mayBeEndless: boolean;
}

/** Until when: some days from today, a day of one's own, or no end; with the time zone whose midnight ends the day. */
export function LastDayFields({ onChange, mayBeEndless }: Props) {
  const now = useNow();
  const own = ownZone();
  const [way, setWay] = useState<Way>();
  const [day, setDay] = useState("");
  const [zone, setZone] = useState(own);
  const say = (next: { way?: Way | undefined; day?: string; zone?: string }) => {
    const all = { way, day, zone, ...next };
    if (all.way === undefined) onChange(undefined);
    else if (all.way === "none") onChange("none");
    else
      onChange({
        day: all.way === "day" ? all.day.trim() : dayAfter(now, SPANS[all.way], all.zone),
        zone: all.zone,
      });
  };
  const spans = (["quarter", "year"] as const).map((value) => ({
    value,
    label: t(`keeping.until.${value}`),
    hint: t("keeping.until.hint", { day: formatDay(dayAfter(now, SPANS[value], zone)) }),
  }));
  const others: Way[] = mayBeEndless ? ["day", "none"] : ["day"];
  return (
    <>
      <ChoiceInput<Way>
        label={t("keeping.until")}
        value={way}
        onChange={(next) => {
          setWay(next);
          say({ way: next });
        }}
        choices={[...spans, ...others.map((value) => ({ value, label: t(`keeping.until.${value}`) }))]}
      />
      {way === "day" && (
        <TextInput
          label={t("keeping.last-day")}
          hint={t("keeping.last-day-hint")}
          value={day}
          onChange={(next) => {
            setDay(next);
            say({ day: next });
          }}
          required
          minLength={10}
          maxLength={10}
        />
      )}
      {way !== undefined && way !== "none" && (
        <SelectInput
          label={t("keeping.zone")}
          hint={t("keeping.zone-hint")}
          value={zone}
          onChange={(next) => {
            setZone(next);
            say({ zone: next });
          }}
          groups={[{ choices: zonesFor(own).map((value) => ({ value, label: value })) }]}
        />
      )}
    </>
  );
}
