import { useEffect, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";

/** What lies over a picture until somebody lifts it. */
export interface Veil {
  /** Held up or lifted. */
  readonly isClear: boolean;
  readonly isLifted: boolean;
  readonly setHeld: (isHeld: boolean) => void;
  readonly setLifted: (isLifted: boolean) => void;
}

export function useVeil(): Veil {
  const [isHeld, setHeld] = useState(false);
  const [isLifted, setLifted] = useState(false);
  useReleaseOnBlur(() => setHeld(false));
  return { isClear: isHeld || isLifted, isLifted, setHeld, setLifted };
}

/**
 * Holding the key or the pointer lifts the veil only while it is held; the switch beside it keeps it lifted. Nothing depends on hovering
 * (WCAG 2.1.1).
 */
export function VeilButtons({ veil: { isLifted, setHeld, setLifted } }: { veil: Veil }) {
  return (
    <div className="buttons">
      <AriaButton
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person asked for the picture, and Space must lift the veil at once
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
  );
}

/** A key released in another window is never heard here: leaving this one lowers the veil. */
function useReleaseOnBlur(release: () => void): void {
  useEffect(() => {
    window.addEventListener("blur", release);
    return () => window.removeEventListener("blur", release);
  });
}
