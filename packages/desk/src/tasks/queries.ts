import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";

export const TASK_LISTS = ["open", "closed"] as const;
export type TaskListName = (typeof TASK_LISTS)[number];

/** A task is hours old when it sounds: a desk asks again often enough that what a colleague took is seen. */
const POLL_MS = 15_000;

/** Open tasks, the oldest first, with how many there are. */
export const openTasksQuery = (api: Api) =>
  queryOptions({
    queryKey: ["tasks", "open"],
    queryFn: ({ signal }) => api.call("GET /api/tasks", { query: { list: "open", limit: 50 } }, signal),
    refetchInterval: POLL_MS,
  });

/** Tasks of a list, as far as somebody has read on. */
export const tasksQuery = (api: Api, list: TaskListName) =>
  infiniteQueryOptions({
    queryKey: ["tasks", "pages", list],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/tasks",
        { query: { list, limit: 20, ...(pageParam === undefined ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    refetchInterval: POLL_MS,
  });
