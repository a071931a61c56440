import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { PasswordReset } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { CallDenied } from '../ui/call-screen.tsx';
import { EmailVerified } from '../ui/email-verified.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFlow } from '../ui/use-flow.ts';
import { useNavigateWhileHere } from '../ui/use-while-here.ts';
import { BeginReset } from './password-reset-begin.tsx';
import { ResetSteps } from './password-reset-steps.tsx';

/**
 * Resets a password. Phone users verify both factors, e-mail users only their address. Whoever
 * comes here again begins again, unless the reset is still open.
 */
export function Component() {
  return <Reset key={useLocation().key} />;
}

function Reset() {
  const { t } = useTranslation();
  const {
    client: { passwordReset },
  } = usePortal();
  const navigate = useNavigateWhileHere();
  const flow = useFlow<PasswordReset>(passwordReset);
  const [emailVerified, setEmailVerified] = useState(false);
  const [denied, setDenied] = useState(false);
  /** A ticket is being used: until that fails, the end of the reset shows nothing. */
  const [entering, setEntering] = useState(false);

  const step: typeof flow.step = async (work) => {
    const before = flow.state?.step;
    const progress = await flow.step(async () => {
      const answer = await work();
      if (answer.ok && answer.value.state.step === 'DONE') setEntering(true);
      return answer;
    });
    if (
      before === 'VERIFY_EMAIL' &&
      progress !== undefined &&
      progress.state.step !== 'VERIFY_EMAIL'
    )
      setEmailVerified(true);
    if (progress?.state.step !== 'DONE') return progress;
    const { email } = passwordReset;
    passwordReset.close();
    if (
      await flow.signInWith(
        progress.ticket,
        email,
        progress.state.maskedPhone === undefined ? 'EMAIL' : 'PHONE',
      )
    )
      navigate('/sign-in/verify', { replace: true });
    else setEntering(false);
    return progress;
  };

  if (entering) return <Screen title={t('states.signingIn')} />;
  if (denied) return <CallDenied />;
  const isResuming = !flow.isOver && passwordReset.isOpen && flow.refusal === undefined;
  if (flow.state === undefined || flow.isOver)
    return isResuming ? <Screen title={t('states.loading')} /> : <BeginReset {...flow} />;
  if (emailVerified) return <EmailVerified onContinue={() => setEmailVerified(false)} />;
  if (flow.state.step === 'DONE') return <Done />;
  const onDenied = (): void => {
    passwordReset.close();
    setDenied(true);
  };
  return (
    <ResetSteps
      reset={flow.state}
      busy={flow.busy}
      refusal={flow.refusal}
      step={step}
      dismiss={flow.dismiss}
      onDenied={onDenied}
    />
  );
}

function Done() {
  const { t } = useTranslation();
  return (
    <Screen title={t('reset.doneTitle')} lead={t('reset.doneLead')}>
      <Actions>
        <ButtonLink to="/">{t('actions.toLogin')}</ButtonLink>
      </Actions>
    </Screen>
  );
}
