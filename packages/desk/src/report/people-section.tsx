import type { Claim, Identifier, Person, Place, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Unknown } from "../ui/words.tsx";
import { personName, sourceWords, statementWords } from "./claim-words.ts";
import { StatedTime } from "./stated-time.tsx";

/** The people of the report and every handle on them, as sent. */
export function PeopleSection({ view }: { view: ReportView }) {
  const { persons } = view.report;
  const claims = [...view.report.claims, ...view.claims];
  return (
    <Section id="people" title={t("people.title")} count={persons.length}>
      {persons.length === 0 && (
        <p>
          <Unknown>{t("people.none")}</Unknown>
        </p>
      )}
      <Gradually items={persons} step={10}>
        {(items) =>
          items.map((person) => (
            <PersonCard
              key={person.key}
              person={person}
              claims={claims.filter(({ about }) => about.kind === "person" && about.key === person.key)}
            />
          ))
        }
      </Gradually>
    </Section>
  );
}

function PersonCard({ person, claims }: { person: Person; claims: readonly Claim[] }) {
  const name = [person.firstName, person.middleName, person.lastName]
    .filter((part) => part !== undefined)
    .join(" ");
  return (
    <article className="card person" aria-labelledby={`person-${person.key}`}>
      <h3 id={`person-${person.key}`} className="card-title">
        {personName(person.key)}
      </h3>
      <SummaryList
        rows={[
          {
            term: t("people.name"),
            value: name === "" ? <Unknown>{t("common.not-stated")}</Unknown> : <AsSent>{name}</AsSent>,
          },
          { term: t("people.age"), value: <Age person={person} /> },
          fact(t("people.school"), person.school),
          fact(t("people.vehicle"), person.vehicle),
          person.associatedWith === undefined
            ? undefined
            : {
                term: t("people.associated"),
                value: t("people.associated-value", {
                  person: personName(person.associatedWith.key),
                  how: person.associatedWith.how,
                }),
              },
          person.places.length === 0
            ? undefined
            : {
                term: t("people.places"),
                value: (
                  <ul className="plain">
                    {person.places.map((place) => (
                      <li key={JSON.stringify(place)}>
                        <PlaceWords place={place} />
                      </li>
                    ))}
                  </ul>
                ),
              },
          claims.length === 0
            ? undefined
            : {
                term: t("people.claims"),
                value: (
                  <ul className="plain">
                    {claims.map((claim) => (
                      <li key={JSON.stringify(claim)}>
                        {statementWords(claim.states)}{" "}
                        <span className="hint">{sourceWords(claim.source)}</span>
                      </li>
                    ))}
                  </ul>
                ),
              },
        ]}
      />
      <Identifiers identifiers={person.identifiers} person={personName(person.key)} />
    </article>
  );
}

function fact(term: string, value: string | undefined) {
  return value === undefined ? undefined : { term, value: <AsSent>{value}</AsSent> };
}

function Age({ person }: { person: Person }) {
  if (person.ageYears === undefined && person.dateOfBirth === undefined) {
    return <Unknown>{t("common.not-stated")}</Unknown>;
  }
  return [
    person.ageYears === undefined ? undefined : t("people.age-years", { years: person.ageYears }),
    person.dateOfBirth === undefined ? undefined : t("people.born", { date: person.dateOfBirth }),
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

function PlaceWords({ place }: { place: Place }) {
  const parts = [place.street, place.city, place.region, place.postcode, place.country].filter(
    (part) => part !== undefined,
  );
  return (
    <>
      <AsSent>{parts.join(", ")}</AsSent>{" "}
      <span className="hint">
        {t("people.place-basis", {
          basis: t(`place.${place.basis}`),
          address: t(`address-kind.${place.addressKind}`),
        })}
      </span>
    </>
  );
}

function Identifiers({ identifiers, person }: { identifiers: readonly Identifier[]; person: string }) {
  if (identifiers.length === 0) {
    return (
      <p>
        <Unknown>{t("identifier.none")}</Unknown>
      </p>
    );
  }
  return (
    <Gradually items={identifiers}>
      {(items) => (
        <div className="table-scroll">
          <table className="table">
            <caption className="visually-hidden">{t("identifier.caption", { person })}</caption>
            <thead>
              <tr>
                <th scope="col">{t("identifier.kind")}</th>
                <th scope="col">{t("identifier.value")}</th>
                <th scope="col">{t("identifier.where")}</th>
                <th scope="col">{t("identifier.verified")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((identifier) => (
                <IdentifierRow
                  key={`${identifier.kind} ${identifier.raw} ${identifier.platform ?? ""}`}
                  identifier={identifier}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Gradually>
  );
}

function IdentifierRow({ identifier }: { identifier: Identifier }) {
  const { kind, raw, value, normalised, platform, verified, verifiedAt, label } = identifier;
  return (
    <tr>
      <th scope="row">
        {t(`identifier.${kind}`)} {label !== undefined && <span className="hint">{label}</span>}
      </th>
      <td data-label={t("identifier.value")}>
        <AsSent>{raw}</AsSent>
        {!normalised && <span className="hint">{t("identifier.unnormalised")}</span>}
        {normalised && value !== raw && <span className="hint">{t("identifier.linked-as", { value })}</span>}
      </td>
      <td data-label={t("identifier.where")}>
        {platform === undefined ? <Unknown>{t("common.not-stated")}</Unknown> : <AsSent>{platform}</AsSent>}
      </td>
      <td data-label={t("identifier.verified")}>
        {verified === "unknown" ? <Unknown>{t("verified.unknown")}</Unknown> : t(`verified.${verified}`)}{" "}
        {verifiedAt !== undefined && <StatedTime moment={verifiedAt} />}
      </td>
    </tr>
  );
}
