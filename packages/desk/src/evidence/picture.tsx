import { useEffect, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { type EvidenceComfort, usePreferences } from "../app/preferences.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ComfortFields } from "./comfort-fields.tsx";
import { useBlobAddress } from "./use-blob-address.ts";

/**
 * A picture, veiled as the person chose. Holding the key or the pointer lifts the veil only while it is held; the switch
 * beside it keeps it lifted. Nothing depends on hovering (WCAG 2.1.1).
 */
export function Picture({ blob, name }: { blob: Blob; name: string }) {
  const source = useBlobAddress(blob);
  const [{ evidence: comfort }] = usePreferences();
  const [isHeld, setHeld] = useState(false);
  const [isLifted, setLifted] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const isClear = isHeld || isLifted;
  useReleaseOnBlur(() => setHeld(false));
  if (isBroken) return <p className="interruption">{t("viewer.broken")}</p>;
  return (
    <>
      <div className="buttons">
        <AriaButton
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person asked for this dialog, and Space must lift the veil at once
          autoFocus
          className="button button-primary"
          onPressStart={() => setHeld(true)}
          onPressEnd={() => setHeld(false)}
        >
          {t("viewer.hold")}
        </AriaButton>
        <Button onPress={() => setLifted(!isLifted)} aria-pressed={isLifted}>
          {t(isLifted ? "viewer.veil" : "viewer.lift")}
        </Button>
      </div>
      <div className="picture-frame" data-small={(comfort.small && !isClear) || undefined}>
        <img
          className="picture"
          ref={source}
          alt={t("viewer.alt", { name })}
          draggable={false}
          data-veil={isClear ? "none" : veil(comfort)}
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

function veil({ blur, grey }: EvidenceComfort): string {
  return [`blur-${blur}`, ...(grey ? ["grey"] : [])].join(" ");
}

/** A key released in another window is never heard here: leaving this one lowers the veil. */
function useReleaseOnBlur(release: () => void): void {
  useEffect(() => {
    window.addEventListener("blur", release);
    return () => window.removeEventListener("blur", release);
  });
}
