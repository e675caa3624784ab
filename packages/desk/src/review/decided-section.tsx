import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { sessionQuery } from "../api/queries.ts";
import type { DecidedFile } from "../api/shapes.ts";
import { SaidWords } from "../banks/said-words.tsx";
import { TellDialog } from "../banks/tell-dialog.tsx";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { MorePages } from "../ui/more-pages.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { Instant } from "../ui/words.tsx";
import { foundWords } from "./found-words.ts";
import { decidedQuery } from "./queries.ts";

type Match = DecidedFile["matches"][number];

/** What this person has decided, closed, with what the sources of its matches were told and can be told. */
export function DecidedSection() {
  const api = useApi();
  const query = useInfiniteQuery(decidedQuery(api));
  const may = useQuery(sessionQuery(api)).data?.may.includes("tell-source") === true;
  const [telling, setTelling] = useState<Match>();
  const files = query.data?.pages.flatMap((page) => page.files) ?? [];
  if (query.isSuccess && files.length === 0) return null;
  return (
    <Section id="decided" title={t("decided.title")}>
      <p className="hint">{t("decided.intro")}</p>
      <QueryNotice query={query} />
      <ul className="plain bank-found">
        {files.map((file) => (
          <li key={file.sha256} className="card">
            <FileHead file={file} />
            {file.matches.map((match) => (
              <MatchLines
                key={`${match.found.bank} ${match.found.entry}`}
                match={match}
                onTell={may ? () => setTelling(match) : undefined}
              />
            ))}
          </li>
        ))}
      </ul>
      <MorePages query={query} label={t("decided.more")} />
      {telling?.feedback?.protocol !== undefined && (
        <TellDialog
          bank={telling.found.bank}
          entry={telling.feedback.entry}
          source={telling.found.source}
          protocol={telling.feedback.protocol}
          kinds={[telling.found.kind]}
          onClose={() => setTelling(undefined)}
        />
      )}
    </Section>
  );
}

function FileHead({ file: { sha256, decision, grade, viewedInFull, at } }: { file: DecidedFile }) {
  return (
    <p>
      <strong>{t(`decided.${decision}`)}</strong>
      {grade !== undefined && `, ${t("decided.grade", { grade })}`}
      {viewedInFull && `, ${t("decided.viewed")}`}, <Instant at={at} ago />
      <span className="hint">
        <code className="hash">{sha256}</code>
      </span>
    </p>
  );
}

function MatchLines({ match, onTell }: { match: Match; onTell: (() => void) | undefined }) {
  const { found, feedback } = match;
  return (
    <div className="decided-match">
      <p>
        {foundWords(found)}{" "}
        {feedback !== undefined && (
          <Link to="/banks/$bank/entries/$entry" params={{ bank: found.bank, entry: feedback.entry }}>
            {t("decided.entry", { entry: found.entry })}
          </Link>
        )}
      </p>
      {feedback === undefined && <p className="hint">{t("decided.no-entry")}</p>}
      {feedback?.said !== undefined && <SaidWords said={feedback.said} />}
      {feedback?.notTold !== undefined && <p className="hint">{t(`feedback.not.${feedback.notTold}`)}</p>}
      {feedback !== undefined && feedback.notTold === undefined && onTell !== undefined && (
        <div className="buttons">
          <Button onPress={onTell} aria-label={t("feedback.tell-about", { entry: found.entry })}>
            {t("feedback.tell")}
          </Button>
        </div>
      )}
    </div>
  );
}
