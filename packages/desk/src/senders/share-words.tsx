import type { Estimate } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Unknown } from "../ui/words.tsx";
import { percent } from "./percent.ts";

/** A share with its range. A share of nothing is unknown, which looks different from nought. */
export function ShareWords({ estimate: { share, low, high, count, of } }: { estimate: Estimate }) {
  if (share === undefined) return <Unknown>{t("sender.unknown")}</Unknown>;
  return (
    <>
      {percent(share)}
      <span className="hint">
        {t("sender.range-value", { low: percent(low), high: percent(high) })};{" "}
        {t("sender.count-value", { count, of })}
      </span>
    </>
  );
}
