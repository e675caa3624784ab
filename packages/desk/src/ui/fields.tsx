import { type ReactNode, useId } from "react";
import {
  Checkbox,
  FieldError,
  Input,
  Label,
  NumberField,
  Radio,
  RadioGroup,
  Text,
  TextArea,
  TextField,
  type ValidationResult,
} from "react-aria-components";
import { t } from "../messages/catalogue.ts";

interface FieldProps {
  label: string;
  hint?: string;
}

interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  lines?: number;
}

/** A line or a few of text. */
export function TextInput({
  label,
  hint,
  value,
  onChange,
  required = false,
  minLength = 0,
  maxLength = 1000,
  lines = 1,
}: TextProps) {
  const tooShort = (text: string) =>
    text.trim().length > 0 && text.trim().length < minLength
      ? t("field.too-short", { least: minLength })
      : null;
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isRequired={required}
      maxLength={maxLength}
      validate={tooShort}
    >
      <FieldLabel label={label} required={required} />
      <Hint text={hint} />
      {lines === 1 ? <Input className="input" /> : <TextArea className="input" rows={lines} />}
      <FieldProblem />
    </TextField>
  );
}

/** Why somebody decided as they did: enough words that another can follow it, and kept with the decision. */
export function ReasonInput(props: Pick<TextProps, "label" | "hint" | "value" | "onChange">) {
  return <TextInput {...props} required minLength={10} maxLength={2000} lines={3} />;
}

interface CountProps extends FieldProps {
  value: number;
  onChange: (value: number) => void;
  max: number;
}

/** A whole number of at least one. */
export function CountInput({ label, hint, value, onChange, max }: CountProps) {
  return (
    <NumberField
      className="field"
      value={value}
      onChange={onChange}
      minValue={1}
      maxValue={max}
      step={1}
      isRequired
      isWheelDisabled
    >
      <FieldLabel label={label} required />
      <Hint text={hint} />
      <Input className="input input-short" />
      <FieldProblem />
    </NumberField>
  );
}

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  hint?: ReactNode;
}

interface ChoiceProps<Value extends string> extends FieldProps {
  value: Value | undefined;
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
      value={value ?? null}
      onChange={(next) => {
        const choice = choices.find((item) => item.value === next);
        if (choice !== undefined) onChange(choice.value);
      }}
      isRequired
    >
      <FieldLabel label={label} required />
      <Hint text={hint} />
      <div className="choices">
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className="choice">
            <span className="choice-mark choice-round" aria-hidden="true" />
            <span className="choice-text">
              <span>{choice.label}</span>
              {choice.hint !== undefined && <span className="hint">{choice.hint}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldProblem missing="field.choose" />
    </RadioGroup>
  );
}

interface CheckProps extends FieldProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function CheckInput({ label, hint, checked, onChange }: CheckProps) {
  return (
    <Checkbox className="choice" isSelected={checked} onChange={onChange}>
      <span className="choice-mark" aria-hidden="true" />
      <span className="choice-text">
        <span>{label}</span>
        {hint !== undefined && <span className="hint">{hint}</span>}
      </span>
    </Checkbox>
  );
}

interface SelectProps<Value extends string> extends FieldProps {
  value: Value;
  onChange: (value: Value) => void;
  groups: readonly { label?: string; choices: readonly Choice<Value>[] }[];
}

/** One of many, by the browser's own list: it can be typed into, zoomed and read by everything. */
export function SelectInput<Value extends string>({
  label,
  hint,
  value,
  onChange,
  groups,
}: SelectProps<Value>) {
  const id = useId();
  const choose = (next: string) => {
    const choice = groups.flatMap(({ choices }) => choices).find((item) => item.value === next);
    if (choice !== undefined) onChange(choice.value);
  };
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
        onChange={(event) => choose(event.target.value)}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
      >
        {groups.map((group) =>
          group.label === undefined ? (
            <Options key="all" choices={group.choices} />
          ) : (
            <optgroup key={group.label} label={group.label}>
              <Options choices={group.choices} />
            </optgroup>
          ),
        )}
      </select>
    </div>
  );
}

function Options({ choices }: { choices: readonly Choice<string>[] }) {
  return choices.map((choice) => (
    <option key={choice.value} value={choice.value}>
      {choice.label}
    </option>
  ));
}

function FieldLabel({ label, required }: { label: string; required: boolean }) {
  return <Label className="label">{required ? label : t("field.optional", { label })}</Label>;
}

function Hint({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <Text slot="description" className="hint">
      {text}
    </Text>
  );
}

function FieldProblem({ missing = "field.missing" }: { missing?: "field.missing" | "field.choose" }) {
  return (
    <FieldError className="field-problem">{(validation) => problemWords(validation, missing)}</FieldError>
  );
}

/** Our own words for what the browser found wrong, in place of the browser's language and tone. */
function problemWords(
  { validationDetails, validationErrors }: ValidationResult,
  missing: "field.missing" | "field.choose",
): string {
  if (validationDetails.valueMissing) return t(missing);
  if (validationDetails.customError) return validationErrors.join(" ");
  return t("field.out-of-range");
}
