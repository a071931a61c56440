import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { usePortal } from '../portal-context.tsx';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { timeOfDay } from '../ui/dates.ts';
import { Message } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';

const HOUR_MS = 3_600_000;

/** After a sign-out, or the end of the session. A remembered browser is forgotten by one press. */
export function Component() {
  const { t } = useTranslation();
  const hasEnded = (useLocation().state as { ended?: boolean } | null)?.ended === true;
  return (
    <Screen
      title={t(hasEnded ? 'signedOut.endedTitle' : 'signedOut.title')}
      lead={hasEnded ? t('signedOut.endedLead') : undefined}
    >
      <ThisBrowser />
      <Actions>
        <ButtonLink to="/" kind={hasEnded ? 'primary' : 'outline'}>
          {t(hasEnded ? 'actions.signInAgain' : 'actions.toLogin')}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}

/** Until when this browser signs in without a password, and how to end that. */
function ThisBrowser() {
  const { t } = useTranslation();
  const { client, config } = usePortal();
  const { setRemember } = useSignIn();
  const [until, setUntil] = useState<number | 'FORGOTTEN'>();
  useEffect(() => {
    void client.rememberedSince().then((since) => {
      if (since !== undefined) setUntil(since + config.rememberDeviceHours * HOUR_MS);
    });
  }, [client, config]);
  if (until === undefined) return <p>{t('signedOut.lead')}</p>;
  if (until === 'FORGOTTEN') return <Message type="success">{t('signedOut.forgotten')}</Message>;
  const forget = async (): Promise<void> => {
    await client.forgetThisDevice();
    setRemember(false);
    setUntil('FORGOTTEN');
  };
  return (
    <>
      <p>
        {t('signedOut.remembered', { time: timeOfDay(until) })} {t('signedOut.shared')}
      </p>
      <Actions>
        <ActionButton onClick={() => void forget()}>{t('signedOut.forget')}</ActionButton>
      </Actions>
    </>
  );
}
