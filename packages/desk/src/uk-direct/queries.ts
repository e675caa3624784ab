import { queryOptions } from "@tanstack/react-query";
import type { Api } from "../api/client.ts";
import type { UkDirectView } from "../api/shapes.ts";

/** While a report is on its way its reference may come at any moment. */
const ON_ITS_WAY_MS = 2000;

/** What came in and goes out by UK direct reporting, and what the form starts from. */
export const ukDirectQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ["uk-direct", id],
    queryFn: ({ signal }) => api.call("GET /api/reports/{id}/uk-direct", { path: { id } }, signal),
    refetchInterval: ({ state: { data } }) => (isOnItsWay(data) ? ON_ITS_WAY_MS : false),
  });

function isOnItsWay(view: UkDirectView | undefined): boolean {
  return view?.filings.some(({ state }) => state === "intended" || state === "sending") === true;
}

/** Whether this report has anything to do with direct reporting: it came so, goes so, or could. */
export function hasUkDirect(view: UkDirectView | undefined): boolean {
  return (
    view !== undefined && (view.received !== undefined || view.filings.length > 0 || view.offer !== undefined)
  );
}
