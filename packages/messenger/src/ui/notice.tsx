import type { ReactNode } from "react";
import { type IconName, Icon } from "./icon.tsx";

interface Props {
  tone?: "plain" | "warm" | "alert" | "done";
  icon?: IconName;
  title: string;
  children?: ReactNode;
}

/** A message that stands in the page until what it speaks of is over. */
export function Notice({ tone = "plain", icon, title, children }: Props) {
  return (
    <div className={`notice notice-${tone}`} {...(tone === "alert" ? { role: "alert" } : {})}>
      {icon !== undefined && <Icon name={icon} />}
      <div className="notice-text">
        <p className="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}
