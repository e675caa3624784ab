import type { ReactNode } from "react";

/** Words that change while somebody waits, and are read out when they do. */
export function Status({ look, children }: { look?: "band" | "count" | "over"; children: ReactNode }) {
  return <output className={look === undefined ? "status" : `status status-${look}`}>{children}</output>;
}
