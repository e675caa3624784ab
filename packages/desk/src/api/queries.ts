import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Operations } from "../api.gen.ts";
import type { Api } from "./client.ts";
import type { QueueList, QueueStatus, ReportView } from "./shapes.ts";

const PAGE = 50;
/** The most that one poll asks for: the contract's limit, and four screens of the queue. */
const HEAD = 200;
const POLL_MS = 15_000;

/** Who is signed in. It is asked again every few minutes, so that a session's end is seen before something is lost. */
export const sessionQuery = (api: Api) =>
  queryOptions({
    queryKey: ["session"],
    queryFn: ({ signal }) => api.call("GET /api/session", {}, signal),
    staleTime: 60_000,
    refetchInterval: 120_000,
    retry: false,
  });

/** The queue as it was when the person asked for it: nothing refetches it behind their back, because that would move rows. */
export const queueQuery = (api: Api, list: QueueList) =>
  infiniteQueryOptions({
    queryKey: ["queue", list],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/queue",
        {
          query: { ...queryOf(list), limit: PAGE, ...(pageParam === undefined ? {} : { after: pageParam }) },
        },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** The head of the same list as it is now: what is laid over the rows on the screen, and counted in the notice. */
export const queueHeadQuery = (api: Api, list: QueueList) =>
  queryOptions({
    queryKey: ["queue-head", list],
    queryFn: ({ signal }) => api.call("GET /api/queue", { query: { ...queryOf(list), limit: HEAD } }, signal),
    refetchInterval: POLL_MS,
    staleTime: 0,
  });

/** How the station is asked for a list. */
export function queryOf(list: QueueList): {
  status: QueueStatus;
  lane?: "safeguarding-first";
  burst?: "true";
} {
  if (list === "format-burst") return { status: "new", burst: "true" };
  return list === "safeguarding-first" ? { status: "new", lane: list } : { status: list };
}

export const reportQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["report", id],
    queryFn: ({ signal }) => api.call("GET /api/reports/{id}", { path: { id } }, signal),
    staleTime: 5_000,
    refetchInterval: ({ state }) => (isUnderway(state.data) ? 4_000 : 60_000),
  });

/** What would help a report, asked for when somebody wants to draft a request. */
export const suggestionsQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["suggested-requests", id],
    queryFn: ({ signal }) => api.call("GET /api/reports/{id}/suggested-requests", { path: { id } }, signal),
    staleTime: 0,
    gcTime: 0,
  });

export type RequestListName = NonNullable<Operations["GET /api/requests"]["query"]["list"]>;

export const requestsQuery = (api: Api, list: RequestListName) =>
  infiniteQueryOptions({
    queryKey: ["requests", list],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/requests",
        { query: { list, limit: PAGE, ...(pageParam === undefined ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });

export const sendersQuery = (api: Api) =>
  queryOptions({
    queryKey: ["senders"],
    queryFn: ({ signal }) => api.call("GET /api/senders", {}, signal),
    refetchInterval: 60_000,
  });

export const senderQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["sender", id],
    queryFn: ({ signal }) => api.call("GET /api/senders/{id}", { path: { id } }, signal),
    refetchInterval: 60_000,
  });

/** A subject's page, with its reports a part at a time. */
export const subjectQuery = (api: Api, id: string) =>
  infiniteQueryOptions({
    queryKey: ["subject", id],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/subjects/{subject}",
        { path: { subject: id }, query: pageParam === undefined ? {} : { after: pageParam } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: 5_000,
  });

export const campaignsQuery = (api: Api) =>
  queryOptions({
    queryKey: ["campaigns"],
    queryFn: ({ signal }) => api.call("GET /api/campaigns", {}, signal),
    refetchInterval: POLL_MS,
  });

export const campaignQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["campaign", id],
    queryFn: ({ signal }) => api.call("GET /api/campaigns/{campaign}", { path: { campaign: id } }, signal),
    staleTime: 5_000,
  });

export const peersQuery = (api: Api) =>
  queryOptions({
    queryKey: ["peers"],
    queryFn: ({ signal }) => api.call("GET /api/peers", {}, signal),
    refetchInterval: POLL_MS,
  });

export const auditQuery = (api: Api) =>
  queryOptions({
    queryKey: ["audit"],
    queryFn: ({ signal }) => api.call("GET /api/audit", {}, signal),
    refetchInterval: POLL_MS,
  });

export const proofQuery = (api: Api, leaf: string) =>
  queryOptions({
    queryKey: ["proof", leaf],
    queryFn: ({ signal }) => api.call("GET /api/leaves/{id}/proof", { path: { id: leaf } }, signal),
    retry: false,
  });

/** Whether something on this page will change in moments; a peer that does not answer is looked at once a minute. */
function isUnderway(view: ReportView | undefined): boolean {
  if (view === undefined) return false;
  return (
    view.assessment === undefined ||
    view.referrals.some(
      ({ state, attempts }) => state !== "delivered" && state !== "failed" && attempts < 3,
    ) ||
    view.outcomes.some(({ returned, lastError }) => returned === "waiting" && lastError === undefined) ||
    view.history.some(({ index }) => index === undefined)
  );
}
