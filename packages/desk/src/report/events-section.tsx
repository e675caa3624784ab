import type { ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Gradually } from "../ui/more.tsx";
import { Section } from "../ui/section.tsx";
import { AsSent, Unknown } from "../ui/words.tsx";
import { evidenceName, personName, sourceWords, statementWords } from "./claim-words.ts";
import { type EventOwner, eventsOf, type PlacedEvent } from "./events.ts";
import { StatedTime } from "./stated-time.tsx";

/** What happened when, from which address: the facts on which an enquiry at a network's operator stands or falls. */
export function EventsSection({ view }: { view: ReportView }) {
  const events = eventsOf(view);
  return (
    <Section id="events" title={t("events.title")} count={events.length}>
      {events.length === 0 ? (
        <p>
          <Unknown>{t("events.none")}</Unknown>
        </p>
      ) : (
        <Gradually items={events}>
          {(items) => (
            <div className="table-scroll">
              <table className="table">
                <caption className="visually-hidden">{t("events.caption")}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t("events.when")}</th>
                    <th scope="col">{t("events.what")}</th>
                    <th scope="col">{t("events.address")}</th>
                    <th scope="col">{t("events.whose")}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((placed) => (
                    <EventRow key={placed.path} placed={placed} view={view} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Gradually>
      )}
    </Section>
  );
}

function EventRow({ placed, view }: { placed: PlacedEvent; view: ReportView }) {
  const { event, owner } = placed;
  return (
    <tr>
      <td data-label={t("events.when")}>
        <StatedTime moment={event.moment} />
      </td>
      <th scope="row">
        {event.kind === "unknown" ? <Unknown>{t("event.unknown")}</Unknown> : t(`event.${event.kind}`)}
      </th>
      <td data-label={t("events.address")}>
        <Address placed={placed} />
        {event.device !== undefined && (
          <span className="hint">
            <AsSent>{event.device.kind}</AsSent> <AsSent>{event.device.value}</AsSent>
          </span>
        )}
      </td>
      <td className="name" data-label={t("events.whose")}>
        {ownerWords(owner, view)}
      </td>
    </tr>
  );
}

function Address({ placed }: { placed: PlacedEvent }) {
  const { event, networks } = placed;
  if (event.ip === undefined) return <Unknown>{t("events.no-address")}</Unknown>;
  const { raw, address } = event.ip;
  return (
    <span className="address">
      <code>{address ?? raw}</code>{" "}
      {event.port === undefined ? (
        <Unknown>{t("events.no-port")}</Unknown>
      ) : (
        <span>{t("events.port", { port: String(event.port) })}</span>
      )}
      {address === undefined && <span className="hint">{t("events.not-an-address")}</span>}
      {address !== undefined && address !== raw && (
        <span className="hint">
          {t("time.as-sent")} <AsSent>{raw}</AsSent>
        </span>
      )}
      {event.possibleProxy === true && <span className="hint">{t("events.possible-proxy")}</span>}
      {networks.map((claim) => (
        <span key={JSON.stringify(claim)} className="hint">
          {statementWords(claim.states)} ({sourceWords(claim.source)})
        </span>
      ))}
    </span>
  );
}

function ownerWords(owner: EventOwner, view: ReportView): string {
  switch (owner.kind) {
    case "person":
      return personName(owner.key);
    case "evidence":
      return evidenceName(view.evidence.find(({ id }) => id === owner.id));
    case "channel":
      return t("channel.peer-to-peer");
    default:
      return owner satisfies never;
  }
}
