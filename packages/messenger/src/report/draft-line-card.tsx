import { useId } from "react";
import { ToggleButton } from "react-aria-components";
import { useNames } from "../app/messenger-context.tsx";
import type { DraftLine } from "../client/report/types.ts";
import { t } from "../messages/catalogue.ts";
import { Icon } from "../ui/icon.tsx";
import { When } from "../ui/when.tsx";
import { lineWords } from "./line-words.ts";

interface Props {
  line: DraftLine;
  name: string;
  isCurrent: boolean;
  place: { at: number; of: number };
  onFocus: () => void;
  onRole: (role: DraftLine["role"]) => void;
}

/** One message of a report, with the two questions about it: is it what happened, and does it stay here. */
export function DraftLineCard({ line, name, isCurrent, place, onFocus, onRole }: Props) {
  const id = useId();
  const nameOf = useNames();
  const isKept = line.role === "withheld";
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an article of WAI-ARIA's feed has the focus
    <article
      className="draft-line"
      data-role={line.role}
      data-key={line.seq}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the articles of a feed are its Tab stops
      tabIndex={isCurrent ? 0 : -1}
      aria-labelledby={`${id}-who ${id}-what`}
      aria-posinset={place.at}
      aria-setsize={place.of}
      onFocus={onFocus}
    >
      <p className="draft-line-who" id={`${id}-who`}>
        <bdi>{name}</bdi> {line.at !== null && <When at={line.at} />}
        {line.role === "selected" && <span className="tag">{t("report.line-selected")}</span>}
      </p>
      <p className="draft-line-what" id={`${id}-what`} dir="auto">
        {isKept ? (
          <span className="draft-line-kept">
            <Icon name="eye-off" />
            {keptWords(line)}
          </span>
        ) : (
          lineWords(line, nameOf)
        )}
      </p>
      {line.locked === null && (
        <div className="draft-line-buttons">
          {!line.own && !isKept && (
            <ToggleButton
              className="toggle"
              isSelected={line.role === "selected"}
              excludeFromTabOrder={!isCurrent}
              onChange={(isSelected) => onRole(isSelected ? "selected" : "context")}
            >
              <Icon name={line.role === "selected" ? "check" : "plus"} />
              {t("report.line-select")}
            </ToggleButton>
          )}
          <ToggleButton
            className="toggle"
            isSelected={isKept}
            excludeFromTabOrder={!isCurrent}
            onChange={(isNowKept) => onRole(isNowKept ? "withheld" : "context")}
          >
            <Icon name={isKept ? "check" : "eye-off"} />
            {t("report.line-keep")}
          </ToggleButton>
        </div>
      )}
    </article>
  );
}

function keptWords(line: DraftLine): string {
  switch (line.locked) {
    case null:
      return t("report.kept");
    case "unverifiable":
      return t("report.kept-unverifiable");
    case "not-held":
      return t("report.kept-not-held");
  }
}
