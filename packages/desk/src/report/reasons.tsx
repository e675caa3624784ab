import type { Reason, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { fieldPlace } from "./path-words.ts";
import { groupReasons } from "./reason-groups.ts";

/** Why, each with the fields that it rests on and who says so. */
export function Reasons({ reasons, view }: { reasons: readonly Reason[]; view: ReportView }) {
  return (
    <ul className="reasons">
      {groupReasons(reasons).map(({ text, paths, sources }) => (
        <li key={`${text} ${paths.join(" ")}`}>
          {text}
          <span className="reason-basis">
            {paths.length > 0 && <span>{t("summary.field")}</span>}
            {paths.map((path) => (
              <FieldLink key={path} path={path} view={view} />
            ))}
            {sources.length > 0 && <span>{t("summary.by", { sources: sources.join(", ") })}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The field by its name on this page, and the way there where it stands on this page. */
export function FieldLink({ path, view }: { path: string; view: ReportView }) {
  const place = fieldPlace(path, view);
  if (place === undefined) return <code>{path}</code>;
  if (place.section === undefined) return <span>{place.words}</span>;
  return <a href={`#${place.section}-title`}>{place.words}</a>;
}
