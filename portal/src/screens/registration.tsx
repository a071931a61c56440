import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Registration } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { CallDenied } from '../ui/call-screen.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Support } from '../ui/support.tsx';
import { useFlow } from '../ui/use-flow.ts';
import { useNavigateWhileHere } from '../ui/use-while-here.ts';
import type { Registered } from './home.tsx';
import { RegistrationSteps } from './registration-steps.tsx';

/**
 * MFA registration: login method, e-mail, password, phone. The backend's step selects the screen,
 * and the ticket of the last one signs in.
 */
export function Component() {
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  const navigate = useNavigateWhileHere();
  const flow = useFlow<Registration>(registration);
  const [denied, setDenied] = useState(false);
  /** A ticket is being used: until that fails, the end of the registration shows nothing. */
  const [entering, setEntering] = useState(false);

  const step: typeof flow.step = async (work) => {
    const progress = await flow.step(async () => {
      const answer = await work();
      if (answer.ok && answer.value.state.step === 'DONE') setEntering(true);
      return answer;
    });
    if (progress?.state.step !== 'DONE') return progress;
    const email = progress.email ?? registration.email;
    registration.close();
    if (await flow.signInWith(progress.ticket, email, progress.state.method ?? 'EMAIL'))
      navigate('/sign-in/verify', {
        replace: true,
        state: { registered: true } satisfies Registered,
      });
    else setEntering(false);
    return progress;
  };

  const { state } = flow;
  if (entering) return <Screen title={t('states.signingIn')} />;
  if (denied) return <CallDenied />;
  if (flow.isOver) return <NoRegistration refusal={flow.refusal} />;
  if (state === undefined)
    return (
      <Screen title={t('link.opening')}>
        <Notice refusal={flow.refusal} />
      </Screen>
    );
  if (state.step === 'DONE') return <RegistrationDone />;
  return (
    <RegistrationSteps
      registration={state}
      busy={flow.busy}
      refusal={flow.refusal}
      step={step}
      dismiss={flow.dismiss}
      onDenied={() => {
        registration.close();
        setDenied(true);
      }}
    />
  );
}

function RegistrationDone() {
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  useEffect(() => registration.close(), [registration]);
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
      <Support />
    </Screen>
  );
}
