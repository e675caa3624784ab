import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";
import type { BankFeedback, HashKind, PartSort } from "../api/shapes.ts";

// Each look at a bank leaves its leaf in the audit log, so nothing here asks again by itself.

const first = undefined as string | undefined;
const from = (after: string | undefined) => (after === undefined ? {} : { after });

export const banksQuery = (api: Api) =>
  infiniteQueryOptions({
    queryKey: ["banks"],
    queryFn: ({ signal, pageParam }) => api.call("GET /api/banks", { query: from(pageParam) }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });

/** A bank, with what was changed about it a page at a time. */
export const bankQuery = (api: Api, bank: string) =>
  infiniteQueryOptions({
    queryKey: ["bank", bank],
    queryFn: ({ signal, pageParam }) =>
      api.call("GET /api/banks/{bank}", { path: { bank }, query: from(pageParam) }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });

export const partsQuery = (api: Api, bank: string, sort: PartSort) =>
  infiniteQueryOptions({
    queryKey: ["bank-parts", bank, sort],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/banks/{bank}/parts",
        { path: { bank }, query: { sort, ...from(pageParam) } },
        signal,
      ),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });

/** Where a hash is. It is kept no longer than it is on the screen. */
export const hashQuery = (api: Api, value: string) =>
  infiniteQueryOptions({
    queryKey: ["bank-hash", value],
    queryFn: ({ signal, pageParam }) =>
      api.call("POST /api/banks/lookup", { body: { value, ...from(pageParam) } }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
    retry: false,
  });

/** An entry, with what its source said a page at a time. */
export const entryQuery = (api: Api, bank: string, entry: string) =>
  infiniteQueryOptions({
    queryKey: ["bank-entry", bank, entry],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        "GET /api/banks/{bank}/entries/{entry}",
        { path: { bank, entry }, query: from(pageParam) },
        signal,
      ),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });

/** What the source of an entry is told. It is asked again while something is on its way. */
export const feedbackQuery = (api: Api, bank: string, entry: string) =>
  queryOptions({
    queryKey: ["bank-feedback", bank, entry],
    queryFn: ({ signal }) =>
      api.call("GET /api/banks/{bank}/entries/{entry}/feedback", { path: { bank, entry } }, signal),
    refetchInterval: ({ state }) => (isUnderway(state.data) ? 2_000 : 60_000),
  });

/** Why somebody may disagree, as the source lists it. */
export const reasonsQuery = (api: Api, bank: string, entry: string, kind: HashKind) =>
  queryOptions({
    queryKey: ["bank-reasons", bank, kind],
    queryFn: ({ signal }) =>
      api.call(
        "GET /api/banks/{bank}/entries/{entry}/feedback/reasons",
        { path: { bank, entry }, query: { kind } },
        signal,
      ),
    retry: false,
  });

function isUnderway(view: BankFeedback | undefined): boolean {
  return view?.said.some(({ delivery }) => delivery.state === "waiting") === true;
}
