import { DeskError } from "../api/error.ts";
import { t } from "../messages/catalogue.ts";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import type { SignInResult } from "./sign-in.ts";

/** Where somebody lands who is not signed in: what happened and what to do. */
export function SignInPage({ result }: { result: SignInResult }) {
  return (
    <div className="alone">
      <header>
        <p className="top-product">{t("app.name")}</p>
      </header>
      <Page title={t(result.kind === "failed" ? "sign-in.failed.title" : "sign-in.title")}>
        {result.kind === "failed" && <Refused error={result.error} />}
        <p>{t("sign-in.how")}</p>
        <ul>
          <li>{t("sign-in.ask")}</li>
          <li>{t("sign-in.once")}</li>
          <li>{t("sign-in.yours")}</li>
        </ul>
      </Page>
    </div>
  );
}

/** A refused link says what is wrong with it; that it is "not allowed" would say nothing. */
function Refused({ error }: { error: unknown }) {
  const problem = error instanceof DeskError ? error.problem : undefined;
  if (problem === undefined) return <ErrorNotice error={error} />;
  return (
    <Notice tone="alert" title={problem.detail}>
      {problem.remedy !== undefined && <p>{problem.remedy}</p>}
    </Notice>
  );
}
