import type { ReviewItem } from "../api/shapes.ts";
import { byteSize } from "../evidence/byte-size.ts";
import { t } from "../messages/catalogue.ts";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Unknown } from "../ui/words.tsx";
import { foundWords, lookedForWords } from "./found-words.ts";

/** What is known of the file in hand without opening it. */
export function ItemCard({ item }: { item: ReviewItem }) {
  const { posted } = item;
  return (
    <>
      <h3>{t("review.known")}</h3>
      <ul className="known">
        {item.matches.map((found) => (
          <li key={`${found.bank} ${found.entry}`}>
            {foundWords(found)} {lookedForWords(found)}{" "}
            {found.classification !== undefined && t("review.match.grade", { grade: found.classification })}{" "}
            <span className="hint">
              {t("evidence.says", { source: found.source })}, {t(`review.trust.${found.trust}`)}
            </span>
          </li>
        ))}
      </ul>
      <SummaryList
        rows={[
          {
            term: t("review.posted"),
            value: t("review.posted-by", { posts: posted.posts, accounts: posted.accounts }),
          },
          posted.first === undefined
            ? undefined
            : { term: t("review.first"), value: <Instant at={posted.first} /> },
          posted.where === undefined
            ? undefined
            : { term: t("review.where"), value: <AsSent>{posted.where}</AsSent> },
          {
            term: t("review.public"),
            value:
              posted.isPublic === undefined ? (
                <Unknown>{t("review.public.unknown")}</Unknown>
              ) : (
                t(posted.isPublic ? "review.public.yes" : "review.public.no")
              ),
          },
          {
            term: t("review.file"),
            value: `${item.mediaType ?? t("review.type-unknown")}, ${byteSize(item.size)}`,
          },
          { term: t("evidence.sha256"), value: <code className="hash">{item.sha256}</code> },
          item.shownAt === undefined
            ? undefined
            : { term: t("review.you-saw"), value: <Instant at={item.shownAt} /> },
        ]}
      />
    </>
  );
}
