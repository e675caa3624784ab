import { t } from "../messages/catalogue.ts";
import { ErrorNotice } from "../ui/notice.tsx";
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
        {result.kind === "failed" && <ErrorNotice error={result.error} />}
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
