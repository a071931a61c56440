import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import type { SignInState } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { CallDenied } from '../ui/call-screen.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Challenge } from './challenge.tsx';
import type { Registered } from './home.tsx';

/**
 * Shows the present challenge of the sign-in. All challenges have one address, so that Back leads
 * out of the sign-in and Forward into it again.
 */
export function Component() {
  const { client } = usePortal();
  const { state, leave } = useSignIn();
  /** Whoever has just registered is offered a passkey at home. */
  const arrival = useLocation().state as Partial<Registered> | null;
  const [verified, setVerified] = useState(false);
  const [denied, setDenied] = useState(false);
  if (verified) return <Verified onContinue={() => setVerified(false)} />;
  if (denied) return <CallDenied />;
  if (state === undefined)
    return <Navigate to={client.session.isSignedIn() ? '/home' : '/'} replace />;
  if (state.kind === 'SIGNED_IN') return <Navigate to="/home" state={arrival} replace />;
  if (state.kind === 'ENDED') return <Ended state={state} />;
  const onDenied = (): void => {
    setDenied(true);
    leave();
  };
  return <Challenge state={state} onEmailVerified={() => setVerified(true)} onDenied={onDenied} />;
}

function Verified({ onContinue }: { onContinue: () => void }) {
  const { t } = useTranslation();
  return (
    <Screen title={t('verified.title')} lead={t('verified.text')}>
      <div className="pa-done" aria-hidden="true">
        ✓
      </div>
      <Actions>
        <ActionButton onClick={onContinue}>{t('actions.continue')}</ActionButton>
      </Actions>
    </Screen>
  );
}

function Ended({ state }: { state: Extract<SignInState, { kind: 'ENDED' }> }) {
  const { t } = useTranslation();
  return (
    <Screen title={t('ended.title')} lead={t('ended.lead')}>
      <Notice refusal={state.refusal} />
      <Actions>
        <ButtonLink to={`/sign-in/${state.loginMethod.toLowerCase()}`}>
          {t('actions.signIn')}
        </ButtonLink>
        <ButtonLink to="/" kind="outline">
          {t('actions.toLogin')}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}
