import type { BankClaims } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Unknown } from "../ui/words.tsx";

/** What a source claims of an item, in its own words. */
export function Claims({ claims }: { claims: BankClaims }) {
  const { classification, categories, tags, member, media, saidAt, unread } = claims;
  return (
    <SummaryList
      rows={[
        {
          term: t("entry.classification"),
          value:
            classification === undefined ? (
              <Unknown>{t("common.not-stated")}</Unknown>
            ) : (
              <AsSent>{classification}</AsSent>
            ),
        },
        { term: t("entry.categories"), value: <Words words={categories} /> },
        { term: t("entry.tags"), value: <Words words={tags} /> },
        member === undefined
          ? undefined
          : { term: t("entry.member"), value: <AsSent>{memberWords(member)}</AsSent> },
        media === undefined
          ? undefined
          : {
              term: t("entry.media"),
              value: t(media === "image" ? "entry.media.image" : "entry.media.video"),
            },
        saidAt === undefined ? undefined : { term: t("entry.said-at"), value: <Instant at={saidAt} /> },
        unread.length === 0 ? undefined : { term: t("entry.unread"), value: <Words words={unread} /> },
      ]}
    />
  );
}

function Words({ words }: { words: readonly string[] }) {
  return words.length === 0 ? t("entry.nothing") : <AsSent>{words.join(", ")}</AsSent>;
}

/** The same in a line. */
export function claimsLine({ classification, categories, tags, member }: BankClaims): string {
  const words = [
    ...(classification === undefined ? [] : [classification]),
    ...categories,
    ...tags,
    ...(member === undefined ? [] : [memberWords(member)]),
  ];
  return words.length === 0 ? t("common.not-stated") : words.join(", ");
}

function memberWords({ id, name }: NonNullable<BankClaims["member"]>): string {
  return name ?? id;
}
