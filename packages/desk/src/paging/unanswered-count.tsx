import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import { t } from "../messages/catalogue.ts";
import { callsQuery } from "./queries.ts";

/** How many calls nobody has answered, beside the way to them. */
export function UnansweredCount() {
  const count = useQuery(callsQuery(useApi())).data?.unanswered ?? 0;
  return count === 0 ? null : <span className="nav-count">{t("paging.nav-count", { count })}</span>;
}
