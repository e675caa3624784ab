import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import { Icon, type IconName } from "./icon.tsx";

interface Props extends Omit<ButtonProps, "className" | "children" | "style"> {
  /** `primary` is the one thing to do next; `alert` cannot be taken back; `link` stands inside text. */
  look?: "primary" | "plain" | "alert" | "link";
  icon?: IconName;
  children: ReactNode;
}

export function Button({ look = "plain", icon, children, ...props }: Props) {
  return (
    <AriaButton {...props} className={`button button-${look}`}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "className" | "children" | "style" | "aria-label"> {
  icon: IconName;
  /** What it does, for whoever cannot see the drawing. */
  label: string;
  look?: "round" | "filled" | "small";
}

export function IconButton({ icon, label, look = "round", ...props }: IconButtonProps) {
  return (
    <AriaButton {...props} className={`icon-button icon-button-${look}`} aria-label={label}>
      <Icon name={icon} />
    </AriaButton>
  );
}
