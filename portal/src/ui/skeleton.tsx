import { useTranslation } from 'react-i18next';

/** Where a page is about to be. */
export function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className="pa-screen pa-screen--wide pa-skeleton">
      <p role="status" className="usa-sr-only">
        {t('states.loading')}
      </p>
      <span />
      <span />
      <span />
    </div>
  );
}
