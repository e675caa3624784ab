import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";

interface Props extends Omit<ButtonProps, "className" | "children" | "style"> {
  /** `primary` is the one thing to do next; `plain` is everything else; `link` stands inside text. */
  look?: "primary" | "plain" | "link";
  shortcut?: string;
  children: ReactNode;
}

export function Button({ look = "plain", shortcut, children, ...props }: Props) {
  return (
    <AriaButton
      {...props}
      className={`button button-${look}`}
      {...(shortcut === undefined ? {} : { "aria-keyshortcuts": shortcut })}
    >
      {children}
      {shortcut !== undefined && <Key name={shortcut} />}
    </AriaButton>
  );
}

/** A key's name beside what it does; assistive technology hears it from `aria-keyshortcuts`. */
export function Key({ name }: { name: string }) {
  return (
    <kbd className="key" aria-hidden="true">
      {name}
    </kbd>
  );
}
