import * as z from 'zod';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

const LEAST = 3;
const MOST = 500;

/** Why an employee acts: the audit trail keeps it. */
export const Reason = z.string().trim().min(LEAST).max(MOST);

export function ReasonField({
  field,
  fault,
}: {
  field: UseFormRegisterReturn;
  fault: string | undefined;
}) {
  const { t } = useTranslation();
  const id = `field-${field.name}`;
  const isFaulty = fault !== undefined;
  return (
    <div className={`usa-form-group pa-field ${isFaulty ? 'usa-form-group--error' : ''}`}>
      <label className={isFaulty ? 'usa-label usa-label--error' : 'usa-label'} htmlFor={id}>
        {t('desk.reason')}
      </label>
      <span id={`${id}-hint`} className="usa-hint">
        {t('desk.reasonHint')}
      </span>
      {isFaulty ? (
        <span id={`${id}-fault`} className="usa-error-message">
          {fault}
        </span>
      ) : null}
      <textarea
        id={id}
        className="usa-textarea pa-reason"
        maxLength={MOST}
        {...field}
        aria-invalid={isFaulty || undefined}
        aria-describedby={isFaulty ? `${id}-hint ${id}-fault` : `${id}-hint`}
      />
    </div>
  );
}
