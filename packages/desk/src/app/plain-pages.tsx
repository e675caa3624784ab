import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";

/** While the desk asks who is signed in. */
export function OpeningPage() {
  return <p className="opening">{t("common.loading")}</p>;
}

/** When a page could not be opened at all. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  return (
    <Page title={t("error.page-title")}>
      <ErrorNotice error={error}>
        <Button onPress={reset}>{t("common.try-again")}</Button>
      </ErrorNotice>
    </Page>
  );
}

export function MissingPage() {
  return (
    <Page title={t("error.missing.title")}>
      <p>{t("error.missing.text")}</p>
      <p>
        <Link to="/">{t("nav.back-to-queue")}</Link>
      </p>
    </Page>
  );
}
