import { useTranslation } from 'react-i18next';
import { usePortal } from '../portal-context.tsx';

/** Whom to call, where the stage says so. */
export function Support({ className = 'pa-support' }: { className?: string }) {
  const { t, i18n } = useTranslation();
  const { support } = usePortal().config;
  if (support === undefined) return null;
  const { phone, hours, hoursEs = hours } = support;
  return (
    <p className={className}>
      {t('support.call')} <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{phone}</a>
      {', '}
      {i18n.language === 'es' ? hoursEs : hours}
    </p>
  );
}
