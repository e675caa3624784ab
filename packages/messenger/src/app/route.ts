/** The pages of the messenger. Everything stands after `#`, so that no address of a conversation reaches the station. */
export type Route =
  | { readonly page: "rooms" }
  | { readonly page: "room"; readonly roomId: string }
  | { readonly page: "details"; readonly roomId: string }
  | { readonly page: "new" }
  | { readonly page: "settings" }
  | { readonly page: "about" }
  | { readonly page: "help" }
  | { readonly page: "reports" }
  | { readonly page: "report"; readonly reportId: string }
  | { readonly page: "make" }
  | { readonly page: "link" }
  | { readonly page: "restore" };

const PLAIN = [
  "new",
  "settings",
  "about",
  "help",
  "reports",
  "make",
  "link",
  "restore",
] as const satisfies readonly Route["page"][];

/** Reads what stands after `#`; anything unknown is the list of conversations. */
export function parseRoute(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, "").split("/");
  const [head = "", id = "", tail] = parts;
  if (head === "rooms" && id !== "" && parts.length <= 3) {
    const roomId = decode(id);
    if (roomId !== null && tail === undefined) return { page: "room", roomId };
    if (roomId !== null && tail === "details") return { page: "details", roomId };
  }
  if (head === "reports" && id !== "" && parts.length === 2) {
    const reportId = decode(id);
    if (reportId !== null) return { page: "report", reportId };
  }
  const plain = PLAIN.find((page) => page === head);
  return plain === undefined || parts.length > 1 ? { page: "rooms" } : { page: plain };
}

/** The address of a page, from `#` on. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case "rooms":
      return "#/";
    case "room":
      return `#/rooms/${encodeURIComponent(route.roomId)}`;
    case "details":
      return `#/rooms/${encodeURIComponent(route.roomId)}/details`;
    case "report":
      return `#/reports/${encodeURIComponent(route.reportId)}`;
    default:
      return `#/${route.page}`;
  }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
