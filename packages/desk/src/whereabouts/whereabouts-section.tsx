import type { ReportView, Whereabouts } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { Tag, Unknown } from "../ui/words.tsx";
import { countriesWords } from "./country-words.ts";

/** Where the person is as far as anybody has said, who answers for that place, and who takes it when that is abroad. */
export function WhereaboutsSection({ view }: { view: ReportView }) {
  const { whereabouts } = view;
  if (whereabouts === undefined) return null;
  const { basis, takers, reasons } = whereabouts;
  return (
    <Section id="whereabouts" title={t("whereabouts.title")}>
      <NobodyThere whereabouts={whereabouts} />
      <SummaryList
        rows={[
          { term: t("whereabouts.country"), value: <Country whereabouts={whereabouts} /> },
          { term: t("whereabouts.basis"), value: t(`whereabouts.basis.${basis}`) },
          basis === "none"
            ? undefined
            : { term: t("whereabouts.agency"), value: <Agency whereabouts={whereabouts} /> },
          takers.length === 0
            ? undefined
            : {
                term: t("whereabouts.taker"),
                value: (
                  <ul className="plain">
                    {takers.map(({ peer, name, countries }) => (
                      <li key={peer}>
                        {t("whereabouts.taker-value", { name, countries: countriesWords(countries) })}
                      </li>
                    ))}
                  </ul>
                ),
              },
          {
            term: t("whereabouts.why"),
            value: (
              <ul className="plain">
                {[...new Set(reasons)].map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Section>
  );
}

function Country({ whereabouts: { countries, abroad } }: { whereabouts: Whereabouts }) {
  if (countries.length === 0) return <Unknown>{t("whereabouts.unknown")}</Unknown>;
  return (
    <>
      {countriesWords(countries)} {abroad.length > 0 && <Tag tone="strong">{t("whereabouts.abroad")}</Tag>}
      {countries.length > 1 && <Unknown>{t("whereabouts.disagree")}</Unknown>}
    </>
  );
}

function Agency({ whereabouts: { agency, provisional } }: { whereabouts: Whereabouts }) {
  if (agency === undefined) return <Unknown>{t("whereabouts.agency-none")}</Unknown>;
  return (
    <>
      {agency.name} {provisional && <span className="hint">{t("whereabouts.hint")}</span>}
    </>
  );
}

/** Who decides where this station cannot send it. */
function NobodyThere({ whereabouts: { abroad, unserved, decides } }: { whereabouts: Whereabouts }) {
  if (decides === undefined) return null;
  const { name: centre, here } = decides;
  if (unserved.length === 0)
    return (
      <Notice title={t("whereabouts.centre.title", { centre, countries: countriesWords(abroad) })}>
        <p>{t("whereabouts.centre.text")}</p>
      </Notice>
    );
  const countries = countriesWords(unserved);
  return (
    <Notice title={t("whereabouts.unserved.title", { countries })}>
      <p>
        {here
          ? t("whereabouts.unserved.here", { countries })
          : t("whereabouts.unserved.centre", { centre, countries })}
      </p>
    </Notice>
  );
}
