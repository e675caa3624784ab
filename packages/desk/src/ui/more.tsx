import { type ReactNode, useState } from "react";
import { t } from "../messages/catalogue.ts";
import { Button } from "./button.tsx";

interface Props<Item> {
  items: readonly Item[];
  /** How many stand on the screen at first, and how many more each press brings. */
  step?: number;
  children: (items: readonly Item[]) => ReactNode;
}

/** A list that may be very long: a first part, and more when asked for. */
export function Gradually<Item>({ items, step = 25, children }: Props<Item>) {
  const [shown, setShown] = useState(step);
  const rest = items.length - shown;
  return (
    <>
      {children(items.slice(0, shown))}
      {rest > 0 && (
        <p className="more">
          {t("common.shown-of", { shown, all: items.length })}{" "}
          <Button look="link" onPress={() => setShown(shown + Math.max(step, 100))}>
            {t("common.show-more", { count: Math.min(rest, Math.max(step, 100)) })}
          </Button>
        </p>
      )}
    </>
  );
}
