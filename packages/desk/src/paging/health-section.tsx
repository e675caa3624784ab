import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/context.ts";
import { t } from "../messages/catalogue.ts";
import { ErrorNotice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Instant, Tag } from "../ui/words.tsx";
import { healthQuery } from "./queries.ts";

const TONES = { well: "plain", red: "alert", "not-configured": "quiet" } as const;

/** Whether something at this station leaves a child waiting. */
export function HealthSection() {
  const health = useQuery(healthQuery(useApi()));
  return (
    <Section id="health" title={t("health.title")}>
      {health.isError && <ErrorNotice error={health.error} />}
      <ul className="plain health">
        {health.data?.checks.map(({ id, state, count, since, detail }) => (
          <li key={id}>
            <Tag tone={TONES[state]}>{t(`health.${state}`)}</Tag> {t(`health.${id}`)}
            {state !== "not-configured" && <>: {count}</>}{" "}
            {since !== undefined && (
              <span className="hint">
                {t("health.since")} <Instant at={since} ago />
              </span>
            )}{" "}
            {detail !== undefined && <span className="trouble">{detail}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
