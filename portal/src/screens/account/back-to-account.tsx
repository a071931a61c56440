import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function BackToAccount() {
  const { t } = useTranslation();
  return (
    <p className="pa-back">
      <Link to="/account">{t('account.back')}</Link>
    </p>
  );
}
