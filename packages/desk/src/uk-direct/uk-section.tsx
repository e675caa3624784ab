import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useApi } from "../api/context.ts";
import type { UkOffer } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { hasUkDirect, ukDirectQuery } from "./queries.ts";
import { FilingFacts, ReceivedFacts } from "./uk-facts.tsx";

/** The report by the law's own way: how it came in, how it goes out. Not there where neither applies. */
export function UkDirectSection({ id }: { id: string }) {
  const found = useQuery(ukDirectQuery(useApi(), id));
  const view = found.data;
  if (view === undefined) return found.isError ? <ErrorNotice error={found.error} /> : null;
  if (!hasUkDirect(view)) return null;
  const { received, filings, offer } = view;
  return (
    <Section id="uk-direct" title={t("uk.title")}>
      {received !== undefined && <ReceivedFacts received={received} />}
      <div className="cards">
        {filings.map((filing) => (
          <FilingFacts key={filing.id} filing={filing} level={3} />
        ))}
      </div>
      {offer !== undefined && <Offer id={id} offer={offer} />}
    </Section>
  );
}

function Offer({ id, offer }: { id: string; offer: UkOffer }) {
  const why = whyNot(offer);
  if (why !== undefined)
    return <Notice title={why.title}>{why.text !== undefined && <p>{why.text}</p>}</Notice>;
  return (
    <p>
      <Link to="/reports/$id/uk-direct" params={{ id }} className="button button-plain">
        {t(offer.references.length === 0 ? "uk.make" : "uk.make-subsequent")}
      </Link>
    </p>
  );
}

/** Why a report is not made directly, in words; undefined where it may be. */
export function whyNot({ duty, onItsWay, peerName }: UkOffer): { title: string; text?: string } | undefined {
  if (duty.code === "uk.duty.covered")
    return { title: t("uk.covered"), text: t("uk.covered-text", { by: duty.by ?? "" }) };
  return onItsWay ? { title: t("uk.on-its-way", { peer: peerName }) } : undefined;
}
