import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import type { WaitingAccount } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { accountsQuery } from "./queries.ts";
import { Page } from "../ui/page.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { Instant } from "../ui/words.tsx";

/** Accounts of the chats that a rule, or their owner, asks a person to look at, the longest wait first. */
export function AccountsPage() {
  const query = useQuery(accountsQuery(useApi()));
  const list = query.data;
  return (
    <Page title={t("accounts.title")}>
      <p className="hint">{t("accounts.intro")}</p>
      <QueryNotice query={query} />
      {list !== undefined && (
        <Section id="waiting" title={t("accounts.list")} count={list.waiting}>
          {list.accounts.length === 0 ? (
            <p className="empty">{t("accounts.none")}</p>
          ) : (
            <ul className="plain" aria-label={t("accounts.list")}>
              {list.accounts.map((one) => (
                <Line key={one.account} {...one} />
              ))}
            </ul>
          )}
        </Section>
      )}
    </Page>
  );
}

function Line({ account, since, why, standing }: WaitingAccount) {
  return (
    <li className="card">
      <Link to="/accounts/$account" params={{ account }}>
        {account}
      </Link>{" "}
      {why.map((one) => t(`accounts.why.${one}`)).join(", ")} {t("accounts.since")} <Instant at={since} />
      <br />
      {standing.length === 0
        ? t("accounts.stands-nothing")
        : t("accounts.stands", { actions: standing.map((one) => t(`accounts.action.${one}`)).join(", ") })}
    </li>
  );
}
