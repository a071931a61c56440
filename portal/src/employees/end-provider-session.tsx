import { useTranslation } from 'react-i18next';
import { useEmployees } from './employees-context.tsx';

/**
 * Leads to the page at which the identity provider ends its own session, where the stage names one.
 */
export function EndProviderSession() {
  const { t } = useTranslation();
  const { signOutUrl } = useEmployees().config;
  return signOutUrl === undefined ? null : (
    <a className="usa-button usa-button--outline pa-button" href={signOutUrl}>
      {t('employees.endProviderSession')}
    </a>
  );
}
