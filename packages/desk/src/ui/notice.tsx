import type { ReactNode } from "react";
import { DeskError } from "../api/error.ts";
import { t } from "../messages/catalogue.ts";

interface NoticeProps {
  tone?: "plain" | "alert" | "done";
  title: string;
  children?: ReactNode;
}

/** A message that stands in the page until what it speaks of is over. */
export function Notice({ tone = "plain", title, children }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`} {...(tone === "alert" ? { role: "alert" } : {})}>
      <p className="notice-title">{title}</p>
      {children}
    </div>
  );
}

/** What went wrong, in the station's own words where it gave any, with what is safe and what to do. */
export function ErrorNotice({
  error,
  acted = false,
  children,
}: {
  error: unknown;
  acted?: boolean;
  children?: ReactNode;
}) {
  const problem = error instanceof DeskError ? error.problem : undefined;
  if (problem !== undefined) {
    return (
      <Notice tone="alert" title={problem.title}>
        <p>{problem.detail}</p>
        {problem.remedy !== undefined && <p>{problem.remedy}</p>}
        {problem.problems !== undefined && problem.problems.length > 0 && (
          <ul>
            {problem.problems.map(({ path, message, remedy }) => (
              <li key={`${path} ${message}`}>
                <code>{path}</code> {message} {remedy}
              </li>
            ))}
          </ul>
        )}
        {children}
      </Notice>
    );
  }
  const unreachable = error instanceof DeskError && error.code === "unreachable";
  return (
    <Notice tone="alert" title={t(unreachable ? "error.unreachable.title" : "error.garbled.title")}>
      <p>{t(acted ? "error.acted" : unreachable ? "error.unreachable.text" : "error.garbled.text")}</p>
      {children}
    </Notice>
  );
}
