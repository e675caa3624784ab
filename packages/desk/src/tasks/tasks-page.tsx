import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import { sessionQuery } from "../api/queries.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { TASK_LISTS, type TaskListName, tasksQuery } from "./queries.ts";
import { TaskCard } from "./task-card.tsx";

/** What does not get through to others, the oldest first, and what became of what did not. */
export function TasksPage({ list }: { list: TaskListName }) {
  const query = useInfiniteQuery(tasksQuery(useApi(), list));
  const session = useQuery(sessionQuery(useApi()));
  const tasks = query.data?.pages.flatMap((page) => page.tasks) ?? [];
  const people = query.data?.pages[0]?.people ?? [];
  useShortcuts({ j: () => step(1), k: () => step(-1) });
  return (
    <Page title={t("tasks.title")}>
      <p className="hint">{t("tasks.intro")}</p>
      <nav className="tabs" aria-label={t("tasks.lists")}>
        {TASK_LISTS.map((item) => (
          <Link
            key={item}
            to="/tasks"
            search={item === "open" ? {} : { list: item }}
            activeOptions={{ exact: true }}
            className="tab"
            {...(item === list ? { "aria-current": "page" as const } : {})}
          >
            {t(`tasks.list.${item}`)}
          </Link>
        ))}
      </nav>
      <QueryNotice query={query}>{tasks.length > 0 && <p>{t("tasks.not-current")}</p>}</QueryNotice>
      {query.isSuccess && tasks.length === 0 && <p className="empty">{t(`tasks.none.${list}`)}</p>}
      <ul className="cards">
        {tasks.map((task) => (
          <li key={task.id}>
            <TaskCard task={task} people={people} mayAct={session.data?.may.includes("do-tasks") === true} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <p className="more">
          <Button onPress={() => void query.fetchNextPage()} isDisabled={query.isFetchingNextPage}>
            {t("common.show-more", { count: 20 })}
          </Button>
        </p>
      )}
    </Page>
  );
}

/** To the first button of the next task, or of the one before. */
function step(by: 1 | -1): void {
  const cards = [...document.querySelectorAll<HTMLElement>(".task-card")];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  const next = cards[at < 0 ? (by === 1 ? 0 : cards.length - 1) : at + by];
  next?.querySelector<HTMLElement>("button, a")?.focus();
}
