import { useState, type ClipboardEvent, type ReactNode } from 'react';
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
  className = '',
  ...input
}: FieldProps) {
  const id = `field-${field.name}`;
  const isFaulty = fault !== undefined;
  return (
    <Group isFaulty={isFaulty}>
      <label className={isFaulty ? 'usa-label usa-label--error' : 'usa-label'} htmlFor={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="usa-hint">
          {hint}
        </span>
      )}
      <FaultText id={id} fault={fault} />
      <input
        id={id}
        type={type}
        {...field}
        {...input}
        className={`usa-input ${className} ${isFaulty ? 'usa-input--error' : ''}`}
        aria-invalid={isFaulty || undefined}
        aria-describedby={describedBy(id, hint, fault)}
        spellCheck={false}
        autoCapitalize="none"
        autoCorrect="off"
      />
    </Group>
  );
}

function Group({ isFaulty, children }: { isFaulty: boolean; children: ReactNode }) {
  return (
    <div className={`usa-form-group pa-field ${isFaulty ? 'usa-form-group--error' : ''}`}>
      {children}
    </div>
  );
}

/** No live region: the error summary is what is announced. */
function FaultText({ id, fault }: { id: string; fault: string | undefined }) {
  return fault === undefined ? null : (
    <span id={`${id}-fault`} className="usa-error-message">
      {fault}
    </span>
  );
}

function describedBy(
  id: string,
  hint: string | undefined,
  fault: string | undefined,
): string | undefined {
  const ids = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean);
  return ids.length === 0 ? undefined : ids.join(' ');
}

export function EmailField(props: Omit<FieldProps, 'type' | 'inputMode'>) {
  return <Field {...props} type="email" inputMode="email" />;
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
        aria-label={`${t('actions.showPassword')}: ${props.label}`}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {t('actions.showPassword')}
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
  label,
}: {
  field: UseFormRegisterReturn;
  fault?: string | undefined;
  label: string;
}) {
  const id = `field-${field.name}`;
  return (
    <Group isFaulty={fault !== undefined}>
      <FaultText id={id} fault={fault} />
      <div className="usa-checkbox">
        <input
          id={id}
          type="checkbox"
          className="usa-checkbox__input"
          {...field}
          aria-invalid={fault !== undefined || undefined}
          aria-describedby={describedBy(id, undefined, fault)}
        />
        <label className="usa-checkbox__label" htmlFor={id}>
          {label}
        </label>
      </div>
    </Group>
  );
}
