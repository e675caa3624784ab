import type { UkItemId, UkOffer } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { formatInstant } from "../time/instant.ts";
import { CheckInput, ChoiceInput, SelectInput, TextInput } from "../ui/fields.tsx";
import { LINKS, openItems, type UkDraft } from "./uk-draft.ts";
import { LeftWords } from "./uk-facts.tsx";
import { UkItems } from "./uk-items.tsx";

interface Props {
  offer: UkOffer;
  draft: UkDraft;
  onChange: (draft: UkDraft) => void;
  isBusy: boolean;
  error: unknown;
  onCheck: () => void;
  onLeave: () => void;
}

/** Everything that the law asks of a person, in the order in which it is decided. */
export function UkForm({ offer, draft, onChange, isBusy, error, onCheck, onLeave }: Props) {
  const set = (parts: Partial<UkDraft>) => onChange({ ...draft, ...parts });
  const needsReporter = offer.items.some(({ id, state }) => id === "reporting-person" && state !== "held");
  return (
    <DecisionForm
      confirm={t("uk.form.check")}
      cancel={t("uk.form.back")}
      isBusy={isBusy}
      error={error}
      onSubmit={onCheck}
      onCancel={onLeave}
    >
      <ChoiceInput
        label={t("uk.form.priority")}
        value={draft.level}
        onChange={(level) => set({ level })}
        choices={offer.clocks.map((clock) => ({
          value: clock.level,
          label: t(`uk.priority.${clock.level}`),
          hint: clockWords(clock),
        }))}
      />
      {draft.level !== "P3" && (
        <TextInput
          label={t("uk.form.why")}
          value={draft.why}
          onChange={(why) => set({ why })}
          required
          maxLength={3000}
          lines={3}
        />
      )}
      {draft.follows !== undefined && (
        <SelectInput
          label={t("uk.form.follows")}
          value={draft.follows}
          onChange={(follows) => set({ follows })}
          groups={[{ choices: offer.references.map((value) => ({ value, label: value })) }]}
        />
      )}
      {needsReporter && (
        <fieldset className="fieldset">
          <legend className="label">{t("uk.form.reporter")}</legend>
          <p className="hint">{t("uk.form.reporter-hint")}</p>
          <TextInput
            label={t("uk.form.first-name")}
            value={draft.firstName}
            onChange={(firstName) => set({ firstName })}
            maxLength={256}
          />
          <TextInput
            label={t("uk.form.last-name")}
            value={draft.lastName}
            onChange={(lastName) => set({ lastName })}
            required
            maxLength={256}
          />
          <TextInput
            label={t("uk.form.email")}
            value={draft.email}
            onChange={(email) => set({ email })}
            minLength={3}
            maxLength={255}
          />
          <TextInput
            label={t("uk.form.phone")}
            value={draft.phone}
            onChange={(phone) => set({ phone })}
            minLength={3}
            maxLength={50}
          />
        </fieldset>
      )}
      <Links draft={draft} set={set} />
      <TextInput
        label={t("uk.form.how-detected")}
        value={draft.howDetected}
        onChange={(howDetected) => set({ howDetected })}
        maxLength={3000}
        lines={2}
      />
      <TextInput
        label={t("uk.form.identity-documents")}
        value={draft.identityDocuments}
        onChange={(identityDocuments) => set({ identityDocuments })}
        maxLength={3000}
        lines={2}
      />
      <Looked offer={offer} draft={draft} set={set} />
      <UkItems
        items={offer.items.filter(({ state }) => state === "held")}
        caption={t("uk.form.held")}
        level={2}
      />
      <LeftWords left={offer.left} />
      <CheckInput
        label={t("uk.form.declaration")}
        hint={t("uk.form.declaration-hint")}
        checked={draft.declaration}
        onChange={(declaration) => set({ declaration })}
      />
    </DecisionForm>
  );
}

/** What the law says of a priority, and by when this station wants it out. */
function clockWords({ level, houseHours, dueAt }: UkOffer["clocks"][number]): string {
  const law = t(`uk.law.${level}`);
  const ours = t("uk.clock", { hours: houseHours, due: formatInstant(dueAt) });
  return `${law} ${ours}`;
}

interface PartProps {
  draft: UkDraft;
  set: (parts: Partial<UkDraft>) => void;
}

function Links({ draft, set }: PartProps) {
  return (
    <fieldset className="fieldset">
      <legend className="label">{t("uk.form.links")}</legend>
      {LINKS.map((basis) => {
        const evidence = draft.links[basis];
        const choose = (next: string | undefined) => {
          const { [basis]: _before, ...others } = draft.links;
          set({ links: next === undefined ? others : { ...others, [basis]: next } });
        };
        return (
          <div key={basis}>
            <CheckInput
              label={t(`uk.link.${basis}`)}
              checked={evidence !== undefined}
              onChange={(isChosen) => choose(isChosen ? "" : undefined)}
            />
            {evidence !== undefined && (
              <TextInput
                label={t("uk.form.link-evidence", { link: t(`uk.link.${basis}`) })}
                value={evidence}
                onChange={choose}
                required
                maxLength={1000}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

/** For each item that the report does not have: did somebody look? Nothing is said for a person at once. */
function Looked({ offer, draft, set }: PartProps & { offer: UkOffer }) {
  const looked = new Set<UkItemId>(draft.notHeld);
  return (
    <fieldset className="fieldset uk-looked">
      <legend className="label">{t("uk.form.open")}</legend>
      <p className="hint">{t("uk.form.items-hint")}</p>
      {openItems(offer.items, draft).map(({ id }) => (
        <SelectInput
          key={id}
          label={t(`uk.item.${id}`)}
          value={looked.has(id) ? "not-held" : "not-asked"}
          onChange={(state) =>
            set({
              notHeld:
                state === "not-held"
                  ? [...draft.notHeld.filter((other) => other !== id), id]
                  : draft.notHeld.filter((other) => other !== id),
            })
          }
          groups={[
            {
              choices: [
                { value: "not-asked", label: t("uk.form.not-asked") },
                { value: "not-held", label: t("uk.form.not-held") },
              ],
            },
          ]}
        />
      ))}
    </fieldset>
  );
}
