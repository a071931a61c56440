import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Registration } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFlow } from '../ui/use-flow.ts';
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
  const password = useRef<string | undefined>(undefined);

  const step: typeof flow.step = async (work) => {
    const progress = await flow.step(work);
    if (progress?.state.step !== 'DONE') return progress;
    const email = registration.email;
    registration.close();
    if (
      await flow.signInWith(
        progress.ticket,
        email,
        password.current,
        progress.state.method ?? 'EMAIL',
      )
    )
      void navigate('/sign-in/verify', { replace: true });
    return progress;
  };

  if (flow.isOver) return <NoRegistration refusal={flow.refusal} />;
  if (flow.state === undefined)
    return (
      <Screen title={t('link.opening')}>
        <Notice refusal={flow.refusal} />
      </Screen>
    );
  if (flow.state.step === 'DONE') return <RegistrationDone signingIn={flow.busy} />;
  return (
    <RegistrationSteps
      registration={flow.state}
      busy={flow.busy}
      refusal={flow.refusal}
      step={step}
      onPassword={(typed) => {
        password.current = typed;
      }}
    />
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
