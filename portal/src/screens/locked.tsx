import { useTranslation } from 'react-i18next';
import type { SignInState } from '@portal-auth/client';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { dateAndTime } from '../ui/dates.ts';
import { Support } from '../ui/support.tsx';
import { Screen } from '../ui/screen.tsx';
import { OtherFactors } from './other-factors.tsx';

/**
 * Too many wrong codes locked the account. A password reset unlocks it, and its ticket signs in; a
 * passkey signs in all the same.
 * @param until when the lock ends by itself
 */
export function Locked({
  until,
  state,
}: {
  until: string | undefined;
  state: Extract<SignInState, { kind: 'CHALLENGE' }>;
}) {
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
        <ButtonLink to="/password-reset" state={{ email: state.email }}>
          {t('signIn.forgot')}
        </ButtonLink>
        <ButtonLink to="/" kind="outline">
          {t('actions.toLogin')}
        </ButtonLink>
      </Actions>
      <p className="pa-small pa-others">
        <OtherFactors state={state} offered={['PASSKEY']} />
      </p>
      <Support />
    </Screen>
  );
}
