import { useState } from "react";
import { type EvidenceComfort, usePreferences } from "../app/preferences.ts";
import { t } from "../messages/catalogue.ts";
import { ComfortFields } from "./comfort-fields.tsx";
import { useBlobAddress } from "./use-blob-address.ts";
import { useVeil, VeilButtons } from "./veil.tsx";

/** A picture, veiled as the person chose. */
export function Picture({ blob, name }: { blob: Blob; name: string }) {
  const source = useBlobAddress(blob);
  const [{ evidence: comfort }] = usePreferences();
  const [isBroken, setBroken] = useState(false);
  const veil = useVeil();
  if (isBroken) return <p className="interruption">{t("viewer.broken")}</p>;
  return (
    <>
      <VeilButtons veil={veil} />
      <div className="picture-frame" data-small={(comfort.small && !veil.isClear) || undefined}>
        <img
          className="picture"
          ref={source}
          alt={t("viewer.alt", { name })}
          draggable={false}
          data-veil={veil.isClear ? "none" : veilOf(comfort)}
          onError={() => setBroken(true)}
        />
      </div>
      <details className="details">
        <summary>{t("comfort.title")}</summary>
        <ComfortFields />
      </details>
    </>
  );
}

function veilOf({ blur, grey }: EvidenceComfort): string {
  return [`blur-${blur}`, ...(grey ? ["grey"] : [])].join(" ");
}
