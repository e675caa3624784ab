import { useState } from "react";
import type { Destination, NewReferral } from "../../api/shapes.ts";
import { ConflictWarning } from "../../deconfliction/conflicts-section.tsx";
import { t } from "../../messages/catalogue.ts";
import { DeskDialog } from "../../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../../ui/fields.tsx";
import { SummaryList } from "../../ui/summary-list.tsx";
import { Tag, Unknown } from "../../ui/words.tsx";
import { DecisionForm } from "./decision-form.tsx";
import type { DecisionProps } from "./urgency-dialog.tsx";
import { useDecision } from "./use-decision.ts";

/** First where to and why, then everything once more to check: a package that has left cannot be called back. */
export function ReferDialog({ view, onClose, onDone }: DecisionProps) {
  const { destinations } = view;
  const [key, setKey] = useState(() => {
    const recommended = destinations.filter(
      (destination) => destination.recommended && !destination.provisional,
    );
    return recommended.length === 1 ? keyOf(recommended[0]) : undefined;
  });
  const [reason, setReason] = useState("");
  const [isChecking, setChecking] = useState(false);
  const destination = destinations.find((item) => keyOf(item) === key);
  const to = destination === undefined ? "" : nameOf(destination);
  const decision = useDecision(
    view.entry.id,
    (api, body: NewReferral) =>
      api.call("POST /api/reports/{id}/referrals", { path: { id: view.entry.id }, body }),
    () => t("refer.done", { to }),
    onDone,
  );
  const send = () => {
    if (destination === undefined) return;
    const { peer, agency } = destination;
    decision.mutate({ peer, reason: reason.trim(), ...(agency === undefined ? {} : { agency }) });
  };
  return (
    <DeskDialog
      title={t(isChecking ? "refer.check-title" : "refer.title", { number: view.entry.number })}
      isOpen
      onClose={onClose}
      isBusy={decision.isPending}
    >
      {isChecking && destination !== undefined ? (
        <DecisionForm
          key="check"
          confirm={t("refer.confirm", { to })}
          cancel={t("refer.back")}
          isBusy={decision.isPending}
          error={decision.error}
          onCancel={() => setChecking(false)}
          onSubmit={send}
        >
          <SummaryList
            rows={[
              {
                term: t("refer.what"),
                value: t("refer.what-value", { number: view.entry.number, count: view.evidence.length }),
              },
              { term: t("refer.to"), value: <DestinationWords destination={destination} /> },
              { term: t("refer.reason"), value: reason.trim() },
            ]}
          />
          <ConflictWarning view={view} />
          <p>{t("refer.final")}</p>
        </DecisionForm>
      ) : (
        <DecisionForm
          key="choose"
          confirm={t("refer.continue")}
          isBusy={false}
          error={null}
          onCancel={onClose}
          onSubmit={() => destination !== undefined && setChecking(true)}
        >
          <ChoiceInput
            label={t("refer.destination")}
            value={key}
            onChange={setKey}
            choices={destinations.map((item) => ({
              value: keyOf(item),
              label: nameOf(item),
              hint: <DestinationWords destination={item} isHint />,
            }))}
          />
          <TextInput
            label={t("refer.reason")}
            hint={t("refer.reason-hint")}
            value={reason}
            onChange={setReason}
            required
            maxLength={2000}
            lines={4}
          />
        </DecisionForm>
      )}
    </DeskDialog>
  );
}

/** Why this destination, and how sure that is. */
function DestinationWords({ destination, isHint = false }: { destination: Destination; isHint?: boolean }) {
  const { recommended, provisional, reasons, name, agencyName } = destination;
  return (
    <span className="destination">
      {!isHint && <strong>{nameOf(destination)}</strong>}
      {agencyName !== undefined && agencyName !== name && <span>{t("refer.by-station", { name })}</span>}
      {recommended && <Tag tone="strong">{t("refer.recommended")}</Tag>}
      {provisional && <Unknown>{t("refer.provisional")}</Unknown>}
      {reasons.map((reason) => (
        <span key={reason}>{reason}</span>
      ))}
    </span>
  );
}

/** One peer may stand for several agencies. A blank cannot occur in either id. */
function keyOf(destination: Destination | undefined): string {
  return `${destination?.peer ?? ""} ${destination?.agency ?? ""}`;
}

function nameOf({ agencyName, name }: Destination): string {
  return agencyName ?? name;
}
