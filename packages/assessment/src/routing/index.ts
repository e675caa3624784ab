export { holdsOn, type Agency, type Area } from "./agency.ts";
export {
  agencyAt,
  agencyFor,
  createDirectory,
  type AgencyAt,
  type Directory,
  type Found,
} from "./directory.ts";
export { ROUTE_BASES, type RouteBasis } from "./lead.ts";
export { ROUTE_TEXTS, type RouteCode } from "./messages.ts";
export { route, type Candidate, type Route } from "./route.ts";
export { ukAgencies, ukAreas, ukDirectory } from "./uk.ts";
