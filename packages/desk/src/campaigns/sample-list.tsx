import { Link } from "@tanstack/react-router";
import type { CampaignView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { Tag } from "../ui/words.tsx";

type Sample = NonNullable<CampaignView["closing"]>["sample"];

interface Props {
  sample: Sample;
  /** Absent for whoever may not say. */
  onFound: ((report: string, found: "copy" | "lead") => void) | undefined;
}

/** What was drawn by lot: each is opened and looked at, and somebody says what it is. */
export function SampleList({ sample, onFound }: Props) {
  return (
    <ul className="link-list">
      {sample.map(({ report, number, found }) => (
        <li key={report}>
          <Link to="/reports/$id" params={{ id: report }}>
            {t("queue.number", { number })}
          </Link>
          {found !== undefined && <Tag>{t(`campaign.found.${found}`)}</Tag>}
          {found === undefined && onFound !== undefined && (
            <span className="buttons">
              {(["copy", "lead"] as const).map((what) => (
                <Button key={what} look="link" onPress={() => onFound(report, what)}>
                  {t(`campaign.${what}`)}
                  <span className="visually-hidden">{t("queue.number", { number })}</span>
                </Button>
              ))}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
