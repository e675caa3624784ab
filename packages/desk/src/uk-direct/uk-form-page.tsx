import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { reportQuery } from "../api/queries.ts";
import type { UkOffer, UkPreview } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { ukDirectQuery } from "./queries.ts";
import { UkCheck } from "./uk-check.tsx";
import { formOf, newDraft } from "./uk-draft.ts";
import { FilingFacts } from "./uk-facts.tsx";
import { UkForm } from "./uk-form.tsx";
import { whyNot } from "./uk-section.tsx";

/** Making a UK direct report by hand: the form, everything once more to check, then its state until it has its reference. */
export function UkFormPage({ id }: { id: string }) {
  const found = useQuery(ukDirectQuery(useApi(), id));
  const [made, setMade] = useState<string>();
  // What the form started from stands still while somebody fills it in.
  const [offer, setOffer] = useState<UkOffer>();
  const view = found.data;
  if (offer === undefined && view?.offer !== undefined) setOffer(view.offer);
  const filing = view?.filings.find((each) => each.id === made);
  const aside = (
    <Link to="/reports/$id" params={{ id }} className="back">
      {t("uk.form.back")}
    </Link>
  );
  if (filing !== undefined)
    return (
      <Page key="done" title={t("uk.done")} aside={aside}>
        {filing.state !== "delivered" && <p>{t("uk.done-text")}</p>}
        <FilingFacts filing={filing} level={2} />
      </Page>
    );
  if (offer === undefined)
    return (
      <Page title={t("uk.form.title-unknown")} aside={aside}>
        {found.isError && <ErrorNotice error={found.error} />}
        {!found.isError && <p className="empty">{t(view === undefined ? "uk.loading" : "uk.form.none")}</p>}
      </Page>
    );
  const why = whyNot(offer);
  if (why !== undefined)
    return (
      <Page title={t("uk.form.title", { peer: offer.peerName })} aside={aside}>
        <Notice title={why.title}>{why.text !== undefined && <p>{why.text}</p>}</Notice>
      </Page>
    );
  return <Making id={id} offer={offer} aside={aside} onMade={setMade} />;
}

interface MakingProps {
  id: string;
  offer: UkOffer;
  aside: React.ReactNode;
  onMade: (filing: string) => void;
}

function Making({ id, offer, aside, onMade }: MakingProps) {
  const api = useApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => newDraft(offer));
  const [preview, setPreview] = useState<UkPreview>();
  const call = { path: { id }, body: formOf(offer, draft) };
  const check = useMutation({
    mutationFn: () => api.call("POST /api/reports/{id}/uk-direct/preview", call),
    onSuccess: setPreview,
  });
  const { queryKey } = ukDirectQuery(api, id);
  const make = useMutation({
    mutationFn: () => api.call("POST /api/reports/{id}/uk-direct", call),
    onSuccess: (view) => {
      queries.setQueryData(queryKey, view);
      void queries.invalidateQueries({ queryKey: reportQuery(api, id).queryKey });
      void queries.invalidateQueries({ queryKey: ["queue-head"] });
      announce(t("uk.done"));
      onMade(offer.id);
    },
    // Whether a decision that got no answer was made is for the station to say, not for this page to assume.
    onError: () => queries.invalidateQueries({ queryKey }),
  });
  if (preview !== undefined)
    return (
      <Page key="check" title={t("uk.check.title", { peer: offer.peerName })} aside={aside}>
        <UkCheck
          draft={draft}
          preview={preview}
          isBusy={make.isPending}
          error={make.error}
          onBack={() => setPreview(undefined)}
          onMake={() => make.mutate()}
        />
      </Page>
    );
  return (
    <Page key="form" title={t("uk.form.title", { peer: offer.peerName })} aside={aside}>
      <UkForm
        offer={offer}
        draft={draft}
        onChange={setDraft}
        isBusy={check.isPending}
        error={check.error}
        onCheck={() => check.mutate()}
        onLeave={() => void navigate({ to: "/reports/$id", params: { id } })}
      />
    </Page>
  );
}
