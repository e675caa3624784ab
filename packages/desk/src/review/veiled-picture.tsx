import { useEffect, useRef, useState } from "react";
import { usePreferences } from "../app/preferences.ts";
import { useBlobAddress } from "../evidence/use-blob-address.ts";
import { useVeil, VeilButtons } from "../evidence/veil.tsx";
import { t } from "../messages/catalogue.ts";
import { createSeenMeter, type Shown } from "./seen-meter.ts";

/** How often what was shown is measured and told. */
const LOOK_MS = 200;
const TELL_MS = 5000;

/**
 * A posted picture under its veil: blurred, grey and small until a key or the pointer holds it clear, or the switch lifts the veil.
 * In the review nobody can choose less of a veil than a light one. What was shown is told to the station as it is.
 */
export function VeiledPicture({ blob, onShown }: { blob: Blob; onShown: (shown: Shown) => void }) {
  const source = useBlobAddress(blob);
  const [{ evidence: comfort }] = usePreferences();
  const picture = useRef<HTMLDivElement>(null);
  const [isBroken, setBroken] = useState(false);
  const veil = useVeil();
  const isClear = veil.isClear && !isBroken;
  useMeter(isClear, picture, onShown);
  if (isBroken) return <p className="interruption">{t("viewer.broken")}</p>;
  return (
    <>
      <VeilButtons veil={veil} />
      <div className="picture-frame" data-small={!isClear || undefined} ref={picture}>
        <img
          className="picture"
          ref={source}
          alt={t("review.alt")}
          draggable={false}
          data-veil={isClear ? "none" : `blur-${comfort.blur === "light" ? "light" : "strong"} grey`}
          onError={() => setBroken(true)}
        />
      </div>
    </>
  );
}

function useMeter(
  isClear: boolean,
  frame: React.RefObject<HTMLDivElement | null>,
  onShown: (shown: Shown) => void,
): void {
  const [meter] = useState(() => createSeenMeter(() => performance.now()));
  const tell = useRef(onShown);
  useEffect(() => {
    tell.current = onShown;
  }, [onShown]);
  useEffect(() => {
    const report = () => {
      const shown = meter.take();
      if (shown.seenMs > 0) tell.current(shown);
    };
    const measure = () => meter.set({ isClear: isClear && isWatched(), isWhole: isWhole(frame.current) });
    measure();
    const measuring = window.setInterval(measure, LOOK_MS);
    const telling = window.setInterval(report, TELL_MS);
    return () => {
      window.clearInterval(measuring);
      window.clearInterval(telling);
      measure();
      meter.set({ isClear: false, isWhole: false });
      report();
    };
  }, [isClear, meter, frame]);
}

function isWatched(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Loaded, and no part of it outside the window. */
function isWhole(frame: HTMLDivElement | null): boolean {
  const image = frame?.querySelector("img");
  if (image === null || image === undefined || !image.complete || image.naturalWidth === 0) return false;
  const { top, left, bottom, right } = image.getBoundingClientRect();
  return top >= 0 && left >= 0 && bottom <= window.innerHeight && right <= window.innerWidth;
}
