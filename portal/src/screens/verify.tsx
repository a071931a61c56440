import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import type { SignInState } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { CallDenied, CallScreen } from '../ui/call-screen.tsx';
import { CodeEntry } from '../ui/code-entry.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { AcceptTerms } from './accept-terms.tsx';
import { ChooseFactor } from './choose-factor.tsx';
import { Locked } from './locked.tsx';
import { RegistrationIncomplete } from './registration-incomplete.tsx';

type Challenged = Extract<SignInState, { kind: 'CHALLENGE' }>;

/**
 * Shows the present challenge of the sign-in. All challenges have one address, so that Back leads
 * out of the sign-in and Forward into it again.
 */
export function Component() {
  const { client } = usePortal();
  const { state, leave } = useSignIn();
  const [verified, setVerified] = useState(false);
  const [denied, setDenied] = useState(false);
  if (verified) return <Verified onContinue={() => setVerified(false)} />;
  if (denied) return <CallDenied />;
  if (state === undefined)
    return <Navigate to={client.session.isSignedIn() ? '/home' : '/'} replace />;
  if (state.kind === 'SIGNED_IN') return <Navigate to="/home" replace />;
  if (state.kind === 'ENDED') return <Ended state={state} />;
  const onDenied = (): void => {
    setDenied(true);
    leave();
  };
  return <Challenge state={state} onEmailVerified={() => setVerified(true)} onDenied={onDenied} />;
}

function Challenge({
  state,
  onEmailVerified,
  onDenied,
}: {
  state: Challenged;
  onEmailVerified: () => void;
  onDenied: () => void;
}) {
  const { challenge } = state;
  switch (challenge.challenge) {
    case 'CHOOSE_FACTOR':
      if (challenge.reason === 'ACCOUNT_LOCKED')
        return <Locked until={challenge.lockedUntil} email={state.email} />;
      return <ChooseFactor state={state} challenge={challenge} />;
    case 'ENTER_CODE':
      return <EnterCode state={state} onEmailVerified={onEmailVerified} />;
    case 'CONFIRM_CALL':
      return <ConfirmCall state={state} onDenied={onDenied} />;
    case 'ACCEPT_TERMS':
      return <AcceptTerms state={state} challenge={challenge} />;
    case 'REGISTRATION_INCOMPLETE':
      return <RegistrationIncomplete email={state.email} status={challenge.status} />;
  }
}

function EnterCode({
  state: { challenge, refusal },
  onEmailVerified,
}: {
  state: Challenged;
  onEmailVerified: () => void;
}) {
  const { t } = useTranslation();
  const { busy, go } = useSignIn();
  if (challenge.challenge !== 'ENTER_CODE') return null;
  const { factor } = challenge;
  const verify = async (code: string): Promise<void> => {
    const next = await go((signIn) => signIn.enterCode(code));
    const passed =
      next?.kind === 'SIGNED_IN' ||
      (next?.kind === 'CHALLENGE' && next.challenge.challenge === 'ACCEPT_TERMS');
    if (passed && factor === 'EMAIL') onEmailVerified();
  };
  return (
    <CodeEntry
      factor={factor}
      destination={challenge.destination}
      expiresAt={challenge.expiresAt}
      resendAt={challenge.resendAt}
      attemptsLeft={Number(challenge.attemptsLeft)}
      refusal={refusal}
      busy={busy}
      onVerify={(code) => void verify(code)}
      onResend={() => void go((signIn) => signIn.resend())}
      {...(factor === 'SMS'
        ? { onCallMe: () => void go((signIn) => signIn.chooseFactor('CALL')) }
        : {})}
    >
      <p className="pa-small pa-others">
        {factor === 'EMAIL' ? null : (
          <ActionButton
            kind="plain"
            busy={busy}
            onClick={() => void go((signIn) => signIn.chooseFactor('EMAIL'))}
          >
            {t('factor.byEmail')}
          </ActionButton>
        )}
        <Leave />
      </p>
    </CodeEntry>
  );
}

function ConfirmCall({
  state: { challenge, refusal },
  onDenied,
}: {
  state: Challenged;
  onDenied: () => void;
}) {
  const { busy, go } = useSignIn();
  if (challenge.challenge !== 'CONFIRM_CALL') return null;
  return (
    <CallScreen
      callId={challenge.callId}
      match={challenge.match}
      destination={challenge.destination}
      refusal={refusal}
      busy={busy}
      onDenied={onDenied}
      onConfirmed={() => void go((signIn) => signIn.confirmCall())}
      onCallAgain={() => void go((signIn) => signIn.resend())}
      onSendCode={() => void go((signIn) => signIn.chooseFactor('SMS'))}
    >
      <p className="pa-small">
        <Leave />
      </p>
    </CallScreen>
  );
}

function Leave() {
  const { t } = useTranslation();
  const { leave } = useSignIn();
  const navigate = useNavigate();
  const go = (): void => {
    leave();
    void navigate('/');
  };
  return (
    <ActionButton kind="plain" onClick={go}>
      {t('actions.toLogin')}
    </ActionButton>
  );
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
