import type { Channel, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Unknown } from "../ui/words.tsx";
import { StatedTime } from "./stated-time.tsx";

/** The incident as the sender states it. */
export function IncidentFacts({ view }: { view: ReportView }) {
  const { incident, references } = view.report;
  return (
    <>
      <h3>{t("incident.title")}</h3>
      <SummaryList
        rows={[
          { term: t("incident.what"), value: t(`incident.${incident.type}`) },
          { term: t("incident.when"), value: <StatedTime moment={incident.occurred} /> },
          {
            term: t("incident.meaning"),
            value:
              incident.occurredMeaning === undefined ? (
                <Unknown>{t("incident.meaning-unknown")}</Unknown>
              ) : (
                <AsSent>{incident.occurredMeaning}</AsSent>
              ),
          },
          {
            term: t("incident.where"),
            value:
              incident.platform === undefined && incident.channel === undefined ? (
                <Unknown>{t("common.not-stated")}</Unknown>
              ) : (
                <>
                  {incident.platform !== undefined && <AsSent>{incident.platform}</AsSent>}{" "}
                  {incident.channel !== undefined && <ChannelWords channel={incident.channel} />}
                </>
              ),
          },
          {
            term: t("incident.door"),
            value: t("incident.door-value", { door: view.door, by: view.handedBy }),
          },
          references.length === 0
            ? undefined
            : {
                term: t("incident.references"),
                value: (
                  <ul className="plain">
                    {references.map(({ kind, issuer, value }) => (
                      <li key={`${kind} ${issuer} ${value}`}>
                        {t(`reference.${kind}`, { issuer })} <AsSent>{value}</AsSent>
                      </li>
                    ))}
                  </ul>
                ),
              },
        ]}
      />
    </>
  );
}

function ChannelWords({ channel }: { channel: Channel }) {
  const facts = channelFacts(channel);
  return (
    <span>
      {t(`channel.${channel.kind}`)}
      {facts.length > 0 && (
        <ul className="plain">
          {facts.map((fact) => (
            <li key={fact}>
              <AsSent>{fact}</AsSent>
            </li>
          ))}
        </ul>
      )}
    </span>
  );
}

/** The stated texts of a channel. Addresses are shown, never linked: following one from here would tell its owner. */
function channelFacts(channel: Channel): string[] {
  switch (channel.kind) {
    case "web-page":
      return channel.urls;
    case "email":
      return channel.addresses;
    case "newsgroup":
      return [...stated(channel.name), ...channel.addresses];
    case "chat":
      return [...stated(channel.client), ...stated(channel.room)];
    case "game":
      return [...stated(channel.game), ...stated(channel.console)];
    case "mobile":
      return [
        ...stated(channel.phone),
        ...(channel.latitude === undefined || channel.longitude === undefined
          ? []
          : [`${channel.latitude}, ${channel.longitude}`]),
      ];
    case "offline":
      return stated(channel.location);
    case "peer-to-peer":
      return [...stated(channel.client), ...stated(channel.fileNames)];
    default:
      return channel satisfies never;
  }
}

function stated(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}
