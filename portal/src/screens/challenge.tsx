import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ConfirmCallParameters, EnterCodeParameters } from '../../../contract/challenges.ts';
import type { SignInState } from '@portal-auth/client';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton } from '../ui/buttons.tsx';
import { CallScreen } from '../ui/call-screen.tsx';
import { CodeEntry } from '../ui/code-entry.tsx';
import { AcceptTerms } from './accept-terms.tsx';
import { ChooseFactor } from './choose-factor.tsx';
import { EnterRecoveryCode } from './enter-recovery-code.tsx';
import { Locked } from './locked.tsx';
import { OtherFactors } from './other-factors.tsx';
import { RegistrationIncomplete } from './registration-incomplete.tsx';
import { UsePasskey } from './use-passkey.tsx';

type Challenged = Extract<SignInState, { kind: 'CHALLENGE' }>;

/** Shows one challenge of a sign-in. */
export function Challenge({
  state,
  onEmailVerified,
  onDenied,
}: {
  state: Challenged;
  /** A code by e-mail was right. */
  onEmailVerified?: () => void;
  onDenied: () => void;
}) {
  const { challenge } = state;
  switch (challenge.challenge) {
    case 'CHOOSE_FACTOR':
      return challenge.reason === 'ACCOUNT_LOCKED' ? (
        <Locked state={state} until={challenge.lockedUntil} />
      ) : (
        <ChooseFactor state={state} challenge={challenge} />
      );
    case 'USE_PASSKEY':
      return <UsePasskey state={state} options={challenge.options} />;
    case 'ENTER_CODE':
      return challenge.factor === 'RECOVERY_CODE' ? (
        <EnterRecoveryCode state={state} challenge={challenge} />
      ) : (
        <EnterCode state={state} challenge={challenge} onEmailVerified={onEmailVerified} />
      );
    case 'CONFIRM_CALL':
      return <ConfirmCall state={state} challenge={challenge} onDenied={onDenied} />;
    case 'ACCEPT_TERMS':
      return <AcceptTerms state={state} challenge={challenge} />;
    case 'REGISTRATION_INCOMPLETE':
      return <RegistrationIncomplete email={state.email} status={challenge.status} />;
  }
}

function EnterCode({
  state,
  challenge,
  onEmailVerified,
}: {
  state: Challenged;
  challenge: EnterCodeParameters;
  onEmailVerified: (() => void) | undefined;
}) {
  const { busy, go } = useSignIn();
  const { factor } = challenge;
  const verify = async (code: string): Promise<void> => {
    const next = await go((signIn) => signIn.enterCode(code));
    const passed =
      next?.kind === 'SIGNED_IN' ||
      (next?.kind === 'CHALLENGE' && next.challenge.challenge === 'ACCEPT_TERMS');
    if (passed && factor === 'EMAIL') onEmailVerified?.();
  };
  return (
    <CodeEntry
      factor={factor}
      destination={challenge.destination}
      expiresAt={challenge.expiresAt}
      resendAt={challenge.resendAt}
      attemptsLeft={Number(challenge.attemptsLeft)}
      refusal={state.refusal}
      busy={busy}
      onVerify={(code) => void verify(code)}
      onResend={() => void go((signIn) => signIn.resend())}
      {...(factor === 'SMS'
        ? { onCallMe: () => void go((signIn) => signIn.chooseFactor('CALL')) }
        : {})}
    >
      <p className="pa-small pa-others">
        <OtherFactors
          state={state}
          offered={factor === 'EMAIL' ? BESIDE_EMAIL : ['EMAIL', ...BESIDE_EMAIL]}
        />
        <Leave />
      </p>
    </CodeEntry>
  );
}

const BESIDE_EMAIL = ['PASSKEY', 'RECOVERY_CODE'] as const;

function ConfirmCall({
  state,
  challenge,
  onDenied,
}: {
  state: Challenged;
  challenge: ConfirmCallParameters;
  onDenied: () => void;
}) {
  const { busy, go } = useSignIn();
  return (
    <CallScreen
      callId={challenge.callId}
      match={challenge.match}
      destination={challenge.destination}
      refusal={state.refusal}
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

/** Gives the sign-in up. A page that it is a step of has a way back of its own. */
function Leave() {
  const { t } = useTranslation();
  const { leave, isStep } = useSignIn();
  const navigate = useNavigate();
  const go = (): void => {
    leave();
    void navigate('/');
  };
  return isStep ? null : (
    <ActionButton kind="plain" onClick={go}>
      {t('actions.toLogin')}
    </ActionButton>
  );
}
