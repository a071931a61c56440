import { useTranslation } from 'react-i18next';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { CheckField } from '../ui/field.tsx';
import { useEmployees } from './employees-context.tsx';

/** Texts of the portal's own list, for a stage that sets none. */
const OWN = ['desk.checks.callBack', 'desk.checks.confirm', 'desk.checks.colleague'] as const;

/** What to check on a call back, in the page's language; nothing where the act needs none. */
export function useCallBackChecks(isNeeded: boolean): string[] {
  const { t, i18n } = useTranslation();
  const { callBackChecks } = useEmployees().config;
  if (!isNeeded) return [];
  if (callBackChecks.length === 0) return OWN.map((key) => t(key));
  return callBackChecks.map(({ text, textEs = text }) => (i18n.language === 'es' ? textEs : text));
}

/** The list to tick before a reset. */
export function CallBackChecks<
  I extends FieldValues & { checks: boolean[] },
  O extends FieldValues,
>({
  checks,
  form,
  fault,
}: {
  checks: readonly string[];
  form: UseFormReturn<I, unknown, O>;
  fault: string | undefined;
}) {
  const { t } = useTranslation();
  if (checks.length === 0) return null;
  return (
    <fieldset id="field-checks" className="usa-fieldset pa-fieldset" tabIndex={-1}>
      <legend className="usa-legend">{t('desk.checksTitle')}</legend>
      {fault === undefined ? null : <span className="usa-error-message">{fault}</span>}
      {checks.map((label, index) => (
        <CheckField key={label} field={form.register(`checks.${index}` as Path<I>)} label={label} />
      ))}
    </fieldset>
  );
}
