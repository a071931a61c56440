import * as z from 'zod';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmailAddress, type LoginMethod } from '../../../contract/accounts.ts';
import type { Registration } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFlow } from '../ui/use-flow.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { RegistrationSteps } from './registration-steps.tsx';

/**
 * MFA registration: login method, e-mail, password, phone. The backend's step selects the screen.
 */
export function Component() {
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  const navigate = useNavigate();
  const flow = useFlow<Registration>(registration);
  /** The ticket of a registration whose address is not known here, since a link opened it. */
  const [ticket, setTicket] = useState<string>();

  const signIn = async (
    given: string | undefined,
    email: string,
    method: LoginMethod = 'EMAIL',
  ): Promise<void> => {
    setTicket(undefined);
    if (await flow.signInWith(given, email, method))
      void navigate('/sign-in/verify', { replace: true });
  };
  const step: typeof flow.step = async (work) => {
    const progress = await flow.step(work);
    if (progress?.state.step !== 'DONE') return progress;
    const { email } = registration;
    registration.close();
    if (email === undefined) setTicket(progress.ticket);
    else await signIn(progress.ticket, email, progress.state.method);
    return progress;
  };

  const { state } = flow;
  if (flow.isOver) return <NoRegistration refusal={flow.refusal} />;
  if (state === undefined)
    return (
      <Screen title={t('link.opening')}>
        <Notice refusal={flow.refusal} />
      </Screen>
    );
  if (state.step !== 'DONE')
    return (
      <RegistrationSteps registration={state} busy={flow.busy} refusal={flow.refusal} step={step} />
    );
  if (ticket === undefined) return <RegistrationDone signingIn={flow.busy} />;
  return (
    <SignInAfterLink
      maskedEmail={state.maskedEmail}
      onEmail={(email) => void signIn(ticket, email, state.method)}
    />
  );
}

const EmailForm = z.object({ email: EmailAddress });

/** Asks for the address to sign in with, because a mailed link does not reveal it to the page. */
function SignInAfterLink({
  maskedEmail,
  onEmail,
}: {
  maskedEmail: string | undefined;
  onEmail: (email: string) => void;
}) {
  const { t } = useTranslation();
  const form = useFormOf(EmailForm, { email: '' });
  const send = form.handleSubmit(({ email }) => onEmail(email));
  return (
    <Screen title={t('registration.done.title')} lead={t('registration.done.enterEmail')}>
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('email')}
          label={t('fields.workEmail')}
          hint={maskedEmail && t('hints.maskedEmail', { maskedEmail })}
          type="email"
          inputMode="email"
          autoComplete="email"
          fault={form.formState.errors.email && t('faults.email')}
        />
        <Actions>
          <ActionButton type="submit">{t('actions.continue')}</ActionButton>
        </Actions>
      </form>
    </Screen>
  );
}

function RegistrationDone({ signingIn }: { signingIn: boolean }) {
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  useEffect(() => registration.close(), [registration]);
  if (signingIn) return <Screen title={t('states.working')} />;
  return (
    <Screen title={t('registration.done.title')} lead={t('registration.done.lead')}>
      <Actions>
        <ButtonLink to="/">{t('actions.toLogin')}</ButtonLink>
      </Actions>
    </Screen>
  );
}

function NoRegistration({ refusal }: { refusal: Parameters<typeof Notice>[0]['refusal'] }) {
  const { t } = useTranslation();
  return (
    <Screen title={t('registration.none.title')} lead={t('registration.none.lead')}>
      <Notice refusal={refusal} />
      <Actions>
        <ButtonLink to="/first-login">{t('incomplete.portalLogin')}</ButtonLink>
        <ButtonLink to="/registration-error" kind="outline">
          {t('incomplete.sendLink')}
        </ButtonLink>
        <ButtonLink to="/" kind="plain">
          {t('actions.toLogin')}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}
