import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { hrefOf, parseRoute, type Route } from "./route.ts";

/** Where the person is, and how they get elsewhere. */
export interface Navigation {
  get: () => Route;
  /** @param how `replace` leaves no step to come back to */
  go: (route: Route, how?: "push" | "replace") => void;
  subscribe: (listener: () => void) => () => void;
}

/** Navigation by the part of the window's address after `#`. */
export function createNavigation(window: Window): Navigation {
  let seen = window.location.hash;
  let route = parseRoute(seen);
  return {
    get() {
      if (window.location.hash !== seen) {
        seen = window.location.hash;
        route = parseRoute(seen);
      }
      return route;
    },
    go(next, how = "push") {
      const href = hrefOf(next);
      if (how === "push") window.location.hash = href;
      else {
        window.history.replaceState(null, "", href);
        window.dispatchEvent(new HashChangeEvent("hashchange"));
      }
    },
    subscribe(listener) {
      window.addEventListener("hashchange", listener);
      return () => window.removeEventListener("hashchange", listener);
    },
  };
}

export const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new Error("a page stands outside the navigation");
  return navigation;
}

export function useRoute(): Route {
  const { subscribe, get } = useNavigation();
  return useSyncExternalStore(subscribe, get);
}

interface LinkProps {
  to: Route;
  className?: string;
  isCurrent?: boolean;
  /** For a link that shows a drawing only. */
  label?: string;
  children: ReactNode;
}

export function Link({ to, className, isCurrent = false, label, children }: LinkProps) {
  return (
    <a
      href={hrefOf(to)}
      {...(className === undefined ? {} : { className })}
      {...(label === undefined ? {} : { "aria-label": label })}
      {...(isCurrent ? { "aria-current": "page" as const } : {})}
    >
      {children}
    </a>
  );
}
