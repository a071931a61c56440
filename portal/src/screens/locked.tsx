import { useTranslation } from 'react-i18next';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { dateAndTime } from '../ui/dates.ts';
import { Screen } from '../ui/screen.tsx';

/**
 * Too many wrong codes locked the account. A password reset unlocks it, and its ticket signs in.
 * @param until where the lock ends by itself
 */
export function Locked({ until }: { until: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Screen title={t('locked.title')} lead={t('refusals.ACCOUNT_LOCKED')}>
      <p>
        <strong>
          {until === undefined
            ? t('locked.untilReset')
            : t('locked.until', { time: dateAndTime(until) })}
        </strong>
      </p>
      <Actions>
        <ButtonLink to="/password-reset">{t('signIn.forgot')}</ButtonLink>
        <ButtonLink to="/" kind="outline">
          {t('actions.toLogin')}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}
