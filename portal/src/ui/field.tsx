import { Checkbox, ErrorMessage, FormGroup, Label, TextInput } from '@trussworks/react-uswds';
import { useState, type ClipboardEvent, type ComponentProps } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

export interface FieldProps {
  field: UseFormRegisterReturn;
  label: string;
  hint?: string | undefined;
  /** Why the input cannot be used. */
  fault?: string | undefined;
  type?: 'text' | 'email' | 'tel' | 'password';
  autoComplete?: string;
  inputMode?: 'numeric' | 'tel' | 'email' | 'text';
  maxLength?: number;
  className?: string;
  readOnly?: boolean;
  onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
}

export function Field({
  field,
  label,
  hint,
  fault,
  type = 'text',
  className,
  ...input
}: FieldProps) {
  const { ref, ...registered } = field;
  const id = `field-${field.name}`;
  const describedBy = [
    hint === undefined ? '' : `${id}-hint`,
    fault === undefined ? '' : `${id}-fault`,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <FormGroup error={fault !== undefined} className="pa-field">
      <Label htmlFor={id} error={fault !== undefined}>
        {label}
      </Label>
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="usa-hint">
          {hint}
        </span>
      )}
      {fault === undefined ? null : <ErrorMessage id={`${id}-fault`}>{fault}</ErrorMessage>}
      <TextInput
        id={id}
        type={type}
        ref={ref}
        {...registered}
        {...input}
        {...(className !== undefined && { className })}
        {...(fault !== undefined && { validationStatus: 'error', 'aria-invalid': true })}
        {...(describedBy !== '' && { 'aria-describedby': describedBy })}
        spellCheck={false}
        autoCapitalize="none"
        autoCorrect="off"
      />
    </FormGroup>
  );
}

/**
 * A password field with a button that shows it, because people who see it choose longer passwords.
 */
export function PasswordField(props: Omit<FieldProps, 'type'>) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <div className="pa-password">
      <Field {...props} type={shown ? 'text' : 'password'} maxLength={300} onPaste={pasteTrimmed} />
      <button
        type="button"
        className="usa-button usa-button--unstyled pa-password__toggle"
        aria-controls={`field-${props.field.name}`}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {t(shown ? 'actions.hidePassword' : 'actions.showPassword')}
      </button>
    </div>
  );
}

/** Pastes without the spaces around what was copied, which belong to no password. */
function pasteTrimmed(event: ClipboardEvent<HTMLInputElement>): void {
  const pasted = event.clipboardData.getData('text');
  if (pasted === pasted.trim()) return;
  event.preventDefault();
  const input = event.currentTarget;
  const { selectionStart, selectionEnd, value } = input;
  input.setRangeText(
    pasted.trim(),
    selectionStart ?? value.length,
    selectionEnd ?? value.length,
    'end',
  );
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

export function CheckField({
  field,
  fault,
  ...rest
}: { field: UseFormRegisterReturn; fault?: string | undefined } & Pick<
  ComponentProps<typeof Checkbox>,
  'label'
>) {
  const { ref, ...registered } = field;
  const id = `field-${field.name}`;
  return (
    <FormGroup error={fault !== undefined} className="pa-field">
      {fault === undefined ? null : <ErrorMessage id={`${id}-fault`}>{fault}</ErrorMessage>}
      <Checkbox
        id={id}
        inputRef={ref}
        {...registered}
        {...rest}
        {...(fault !== undefined && { 'aria-describedby': `${id}-fault`, 'aria-invalid': true })}
      />
    </FormGroup>
  );
}
