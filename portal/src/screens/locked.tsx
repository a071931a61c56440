import { useTranslation } from 'react-i18next';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { dateAndTime } from '../ui/dates.ts';
import { Support } from '../ui/support.tsx';
import { Screen } from '../ui/screen.tsx';

/**
 * Too many wrong codes locked the account. A password reset unlocks it, and its ticket signs in.
 * @param until when the lock ends by itself
 */
export function Locked({ until, email }: { until: string | undefined; email: string }) {
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
        <ButtonLink to="/password-reset" state={{ email }}>
          {t('signIn.forgot')}
        </ButtonLink>
        <ButtonLink to="/" kind="outline">
          {t('actions.toLogin')}
        </ButtonLink>
      </Actions>
      <Support />
    </Screen>
  );
}
