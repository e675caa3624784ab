import type { ReactNode } from "react";
import { t } from "../messages/catalogue.ts";
import { Button } from "./button.tsx";
import { ErrorNotice } from "./notice.tsx";

interface Props {
  query: { isError: boolean; isPending: boolean; error: unknown; refetch: () => Promise<unknown> };
  /** What is said while it is read. */
  loading?: string;
  /** What is said besides when reading failed. */
  children?: ReactNode;
}

/** What a page says of something that is still being read, or that could not be read: then with a way to try again. */
export function QueryNotice({ query, loading = t("common.loading"), children }: Props) {
  return (
    <>
      {query.isError && (
        <ErrorNotice error={query.error}>
          {children}
          <Button onPress={() => void query.refetch()}>{t("common.try-again")}</Button>
        </ErrorNotice>
      )}
      {query.isPending && <p className="empty">{loading}</p>}
    </>
  );
}
