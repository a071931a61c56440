import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import type { SignInState } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { useSignIn } from '../sign-in-context.tsx';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { CallDenied } from '../ui/call-screen.tsx';
import { EmailVerified } from '../ui/email-verified.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { GoOn, Stayed } from '../ui/step-back.tsx';
import { useStepBack, type StepBack } from '../ui/use-step-back.ts';
import { Challenge } from './challenge.tsx';
import type { Registered } from './home.tsx';

type Challenged = Extract<SignInState, { kind: 'CHALLENGE' }>;

/**
 * Shows the present challenge of the sign-in. All challenges have one address: Back leads from a
 * factor to the choice of factors, from there out of the sign-in, and Forward into it again.
 */
export function Component() {
  const { client } = usePortal();
  const { state, leave } = useSignIn();
  /** Whoever has just registered is offered a passkey at home. */
  const arrival = useLocation().state as Partial<Registered> | null;
  const [verified, setVerified] = useState(false);
  const [denied, setDenied] = useState(false);
  if (verified) return <EmailVerified onContinue={() => setVerified(false)} />;
  if (denied) return <CallDenied />;
  if (state === undefined)
    return <Navigate to={client.session.isSignedIn() ? '/home' : '/'} replace />;
  if (state.kind === 'SIGNED_IN') return <Navigate to="/home" state={arrival} replace />;
  if (state.kind === 'ENDED') return <Ended state={state} />;
  const onDenied = (): void => {
    setDenied(true);
    leave();
  };
  return <Open state={state} onEmailVerified={() => setVerified(true)} onDenied={onDenied} />;
}

function Open({ state, ...props }: Parameters<typeof Challenge>[0]) {
  const { shown, isChoice, goOn, back } = useChoiceAgain(state);
  const hasStayed = useStepBack(shown.challenge.challenge, back);
  return (
    <>
      <Stayed isShown={hasStayed} />
      <Challenge state={shown} {...props} />
      {isChoice ? <GoOn onGoOn={goOn} /> : null}
    </>
  );
}

/**
 * The choice of factors, shown again while a factor is open: another one may be chosen at any time.
 */
function useChoiceAgain(state: Challenged) {
  const [leftAt, setLeftAt] = useState<Challenged>();
  const { choice } = state;
  const isChoice = choice !== undefined && leftAt?.challenge === state.challenge;
  // A refusal of the factor that was left says nothing about the choice.
  const refusal = leftAt === state ? undefined : state.refusal;
  return {
    shown: isChoice ? { ...state, challenge: choice, refusal } : state,
    isChoice,
    goOn: () => setLeftAt(undefined),
    back: isChoice ? undefined : backFrom(state, () => setLeftAt(state)),
  };
}

function backFrom({ challenge: { challenge }, choice }: Challenged, leave: () => void): StepBack {
  if (challenge === 'ACCEPT_TERMS') return 'STAYS';
  const isFactor = ['ENTER_CODE', 'CONFIRM_CALL', 'USE_PASSKEY'].includes(challenge);
  return isFactor && choice !== undefined ? leave : undefined;
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
