import type { ReactNode } from "react";

interface Props {
  id: string;
  title: string;
  /** How many things the section holds, beside its title. */
  count?: number;
  children: ReactNode;
}

export function Section({ id, title, count, children }: Props) {
  return (
    <section id={id} className="section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="section-title" tabIndex={-1}>
        {title} {count !== undefined && <span className="section-count">{count}</span>}
      </h2>
      {children}
    </section>
  );
}
