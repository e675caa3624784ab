import type { Level, Tier } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

/** The urgency tier: its letter, its name and bars that shrink with it, so that no colour is needed to tell them apart. */
export function TierMark({ tier, isShort = false }: { tier: Tier; isShort?: boolean }) {
  return (
    <span className={`tier tier-${tier}`}>
      <span className="tier-bars" aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
        <i />
      </span>
      {isShort ? (
        <>
          {tier} <span className="visually-hidden">{t(`tier.${tier}`)}</span>
        </>
      ) : (
        t("tier.full", { tier, name: t(`tier.${tier}`) })
      )}
    </span>
  );
}

/** The sufficiency level: how much a report can support, from nothing (L0) to a warrant (L4). */
export function LevelMark({ level }: { level: Level }) {
  return (
    <span className="level">
      <Pips filled={Number(level.slice(1))} of={4} />
      {level}
    </span>
  );
}

/** How many of a few steps are reached; the number stands beside it as text. */
export function Pips({ filled, of }: { filled: number; of: number }) {
  return (
    <span className="pips" aria-hidden="true">
      {Array.from({ length: of }, (_, step) => (
        <i key={step} data-on={step < filled || undefined} />
      ))}
    </span>
  );
}
