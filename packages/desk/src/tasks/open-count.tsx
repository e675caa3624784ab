import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import { t } from "../messages/catalogue.ts";
import { openTasksQuery } from "./queries.ts";

/** How many tasks are open, and how many of them are one's own, beside the way to them. */
export function OpenTasksCount() {
  const tasks = useQuery(openTasksQuery(useApi())).data;
  if (tasks === undefined || tasks.open === 0) return null;
  const { open: count, mine } = tasks;
  return (
    <span className="nav-count">
      {mine === 0 ? t("tasks.nav-count", { count }) : t("tasks.nav-mine", { count, mine })}
    </span>
  );
}
