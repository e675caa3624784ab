import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Form } from "react-aria-components";
import { useApi } from "../api/context.ts";
import type { FoundEntry } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { TextInput } from "../ui/fields.tsx";
import { MorePages } from "../ui/more-pages.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { AsSent, Tag } from "../ui/words.tsx";
import { hashOf } from "./bank-words.ts";
import { claimsLine } from "./claims.tsx";
import { hashQuery } from "./queries.ts";

/** Which banks have a hash, or had it. The hash stands in no address and is forgotten with the page. */
export function HashSearch() {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<string>();
  const [isShapeWrong, setShapeWrong] = useState(false);
  const submit = () => {
    const value = hashOf(text);
    setShapeWrong(value === undefined);
    if (value !== undefined) setAsked(value);
  };
  return (
    <Section id="search" title={t("banks.search")}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          label={t("banks.search.value")}
          hint={t("banks.search.hint")}
          value={text}
          onChange={(next) => {
            setText(next);
            setShapeWrong(false);
          }}
          required
          maxLength={300}
        />
        {isShapeWrong && (
          <p className="field-problem" role="alert">
            {t("banks.search.shape")}
          </p>
        )}
        <div className="buttons">
          <Button type="submit">{t("banks.search.go")}</Button>
        </div>
      </Form>
      {asked !== undefined && <Found key={asked} value={asked} />}
    </Section>
  );
}

function Found({ value }: { value: string }) {
  const query = useInfiniteQuery(hashQuery(useApi(), value));
  const announce = useAnnounce();
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const count = entries.length;
  const words = count === 0 ? t("banks.search.none") : t("banks.search.known", { count });
  useEffect(() => {
    if (query.isSuccess) announce(words);
  }, [query.isSuccess, announce, words]);
  return (
    <>
      <p>
        <code className="hash">{value}</code>
      </p>
      <QueryNotice query={query} />
      {query.isSuccess && <p>{words}</p>}
      {count > 0 && (
        <ul className="plain bank-found" aria-label={t("banks.search.found")}>
          {entries.map((entry) => (
            <FoundItem key={`${entry.id} ${entry.kind}`} entry={entry} />
          ))}
        </ul>
      )}
      <MorePages query={query} label={t("banks.search.more")} />
    </>
  );
}

function FoundItem({ entry }: { entry: FoundEntry }) {
  const { id, key, bank, bankName, source, kind, stands, matches, claims } = entry;
  return (
    <li className="card">
      <p className="card-title">
        <Link to="/banks/$bank/entries/$entry" params={{ bank, entry: id }}>
          {t("banks.search.open", { key })}
        </Link>{" "}
        <span className="hint">
          <AsSent>{bankName}</AsSent>, {t(`banks.kind.${kind}`)}
        </span>
      </p>
      <p>
        <Tag tone={matches === "yes" && stands ? "strong" : "quiet"}>
          {stands || matches === "taken-back" ? t(`banks.now.${matches}`) : t("banks.search.had")}
        </Tag>
      </p>
      <p>
        <AsSent>{source}</AsSent>: <AsSent>{claimsLine(claims)}</AsSent>
      </p>
    </li>
  );
}
