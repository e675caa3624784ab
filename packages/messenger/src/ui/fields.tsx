import { type ReactNode, useId } from "react";
import {
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  Switch,
  Text,
  TextArea,
  TextField,
} from "react-aria-components";
import { t } from "../messages/catalogue.ts";

interface FieldProps {
  label: string;
  hint?: ReactNode;
}

interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  isRequired?: boolean;
  maxLength?: number;
  lines?: number;
  /** What is wrong with the value, or nothing. Shown when the person wants to go on. */
  problem?: (value: string) => string | null;
  autoComplete?: string;
  inputMode?: "text" | "numeric";
  /** For handles and codes: no capitals, no corrections. */
  isCode?: boolean;
  isShort?: boolean;
}

/** A line or a few of text. */
export function TextInput({
  label,
  hint,
  value,
  onChange,
  isRequired = false,
  maxLength = 200,
  lines = 1,
  problem,
  autoComplete = "off",
  inputMode = "text",
  isCode = false,
  isShort = false,
}: TextProps) {
  const code = isCode
    ? { autoCapitalize: "none", spellCheck: "false" as const, autoCorrect: "off" as const }
    : {};
  const look = `input${isShort ? " input-short" : ""}${isCode ? " input-code" : ""}`;
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isRequired={isRequired}
      maxLength={maxLength}
      autoComplete={autoComplete}
      inputMode={inputMode}
      validate={(text) => (text === "" ? null : (problem?.(text) ?? null))}
      {...code}
    >
      <Label className="label">{isRequired ? label : t("field.optional", { label })}</Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {lines === 1 ? <Input className={look} /> : <TextArea className={look} rows={lines} />}
      <FieldError className="field-problem">
        {({ validationDetails, validationErrors }) =>
          validationDetails.valueMissing ? t("field.missing") : validationErrors.join(" ")
        }
      </FieldError>
    </TextField>
  );
}

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  hint?: ReactNode;
}

interface ChoiceProps<Value extends string> extends FieldProps {
  value: Value | null;
  onChange: (value: Value) => void;
  choices: readonly Choice<Value>[];
}

/** One of a few: every choice is on the screen, with what it means. */
export function ChoiceInput<Value extends string>({
  label,
  hint,
  value,
  onChange,
  choices,
}: ChoiceProps<Value>) {
  return (
    <RadioGroup
      className="field"
      value={value}
      onChange={(next) => {
        const choice = choices.find((item) => item.value === next);
        if (choice !== undefined) onChange(choice.value);
      }}
    >
      <Label className="label">{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <div className="choices">
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className="choice">
            <span className="choice-mark" aria-hidden="true" />
            <span className="choice-text">
              <span>{choice.label}</span>
              {choice.hint !== undefined && <span className="hint">{choice.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

interface SwitchProps extends FieldProps {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** Something that is on or off, and takes effect at once. */
export function SwitchInput({ label, hint, isOn, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch-field">
      <Switch
        className="switch"
        isSelected={isOn}
        onChange={onChange}
        {...(hint === undefined ? {} : { "aria-describedby": id })}
      >
        <span className="switch-track" aria-hidden="true">
          <span className="switch-knob" />
        </span>
        <span>{label}</span>
      </Switch>
      {hint !== undefined && (
        <p className="hint" id={id}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface SelectProps<Value extends string> extends FieldProps {
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: string }[];
}

/** One of several, by the browser's own list: it can be typed into, zoomed and read by everything. */
export function SelectInput<Value extends string>({
  label,
  hint,
  value,
  onChange,
  choices,
}: SelectProps<Value>) {
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => {
          const choice = choices.find((item) => item.value === event.target.value);
          if (choice !== undefined) onChange(choice.value);
        }}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
