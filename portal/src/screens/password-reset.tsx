import * as z from 'zod';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { EmailAddress } from '../../../contract/accounts.ts';
import type { PasswordReset } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { CallDenied } from '../ui/call-screen.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFlow, type FlowOnScreen } from '../ui/use-flow.ts';
import { useFaults } from '../ui/use-faults.ts';
import { useTyped } from '../ui/use-typed.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { ResetStep } from './password-reset-steps.tsx';

/**
 * Resets a password. Phone users verify both factors, e-mail users only their address. Whoever comes
 * here again begins again, unless the reset is still open.
 */
export function Component() {
  return <Reset key={useLocation().key} />;
}

function Reset() {
  const { t } = useTranslation();
  const {
    client: { passwordReset },
  } = usePortal();
  const navigate = useNavigate();
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
      void navigate('/sign-in/verify', { replace: true });
    else setEntering(false);
    return progress;
  };

  if (entering) return <Screen title={t('states.signingIn')} />;
  if (denied) return <CallDenied />;
  if (flow.state === undefined || flow.isOver)
    return <Begin flow={flow} resuming={!flow.isOver && passwordReset.isOpen} />;
  if (emailVerified) return <EmailVerified onContinue={() => setEmailVerified(false)} />;
  if (flow.state.step === 'DONE') return <Done />;
  const onDenied = (): void => {
    passwordReset.close();
    setDenied(true);
  };
  return (
    <ResetStep
      reset={flow.state}
      busy={flow.busy}
      refusal={flow.refusal}
      step={step}
      onDenied={onDenied}
    />
  );
}

const EmailForm = z.object({ email: EmailAddress });

function Begin({ flow, resuming }: { flow: FlowOnScreen<PasswordReset>; resuming: boolean }) {
  const { t } = useTranslation();
  const {
    client: { passwordReset },
  } = usePortal();
  const form = useFormOf(EmailForm, { email: useTyped().email ?? '' });
  const faults = useFaults(form, flow.refusal, { email: t('faults.email') });
  const send = form.handleSubmit(({ email }) => void flow.step(() => passwordReset.start(email)));
  if (resuming && flow.refusal === undefined) return <Screen title={t('states.loading')} />;
  return (
    <Screen title={t('reset.title')} lead={t('reset.lead')}>
      <Notice faults={faults} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('email')}
          label={t('fields.email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          fault={faults.of('email')}
        />
        <Actions>
          <ActionButton type="submit" busy={flow.busy}>
            {t('actions.sendVerificationCode')}
          </ActionButton>
          <ButtonLink to="/" kind="outline">
            {t('actions.cancel')}
          </ButtonLink>
        </Actions>
      </form>
    </Screen>
  );
}

function EmailVerified({ onContinue }: { onContinue: () => void }) {
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
