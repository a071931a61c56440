import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Support } from '../ui/support.tsx';
import { Screen } from '../ui/screen.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Screen title={t('notFound.title')} lead={t('notFound.lead')}>
      <Actions>
        <ButtonLink to="/">{t('actions.toLogin')}</ButtonLink>
      </Actions>
      <Support />
    </Screen>
  );
}

/** Shown when a screen fails, most often because its script belongs to an older release. */
export function Broken() {
  const { t } = useTranslation();
  console.error(useRouteError());
  return (
    <main className="pa-main">
      <Screen title={t('broken.title')} lead={t('broken.lead')}>
        <Actions>
          <ActionButton onClick={() => window.location.reload()}>{t('broken.reload')}</ActionButton>
          <a className="usa-button usa-button--outline pa-button" href="/">
            {t('actions.toLogin')}
          </a>
        </Actions>
      </Screen>
    </main>
  );
}
