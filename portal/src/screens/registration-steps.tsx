import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, Registration } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton } from '../ui/buttons.tsx';
import { Cancel } from '../ui/cancel.tsx';
import { CallScreen } from '../ui/call-screen.tsx';
import { CodeEntry } from '../ui/code-entry.tsx';
import { NewPasswordForm } from '../ui/new-password-form.tsx';
import { Message } from '../ui/notice.tsx';
import { Steps } from '../ui/steps.tsx';
import { Screen } from '../ui/screen.tsx';
import { GoOn, Stayed } from '../ui/step-back.tsx';
import { useStepBack } from '../ui/use-step-back.ts';
import { ChooseMethod, EnterEmail, EnterPhone } from './registration-forms.tsx';
import type { RegistrationStepProps } from './registration-step-props.ts';

const PLACES = {
  CHOOSE_METHOD: 0,
  ENTER_EMAIL: 1,
  VERIFY_EMAIL: 1,
  SET_PASSWORD: 2,
  ENTER_PHONE: 3,
  VERIFY_PHONE: 3,
  DONE: 4,
} as const;

type Again = 'METHOD' | 'EMAIL' | 'PHONE';

export function RegistrationSteps(props: RegistrationStepProps) {
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  /** The step that the person went back to. The backend keeps what was verified. */
  const [again, showAgain] = useState<Again>();
  const setAgain = (value: Again | undefined): void => {
    props.dismiss();
    showAgain(value);
  };
  const before = stepBefore(props.registration, again);
  const hasStayed = useStepBack(
    again ?? props.registration.step,
    typeof before === 'object' ? () => setAgain(before.show) : before,
  );
  const step: RegistrationStepProps['step'] = async (work) => {
    const progress = await props.step(work);
    if (progress !== undefined) setAgain(undefined);
    return progress;
  };
  const shown = { ...props, step };
  const place = again === 'METHOD' ? 0 : again === 'EMAIL' ? 1 : PLACES[props.registration.step];
  const labels = [
    t('registration.steps.method'),
    t('registration.steps.email'),
    t('registration.steps.password'),
    ...(props.registration.method === 'EMAIL' ? [] : [t('registration.steps.phone')]),
  ];
  return (
    <>
      <Stayed isShown={hasStayed} />
      <Steps labels={labels} place={place} />
      <Step {...shown} again={again} setAgain={setAgain} />
      {again === undefined ? null : <GoOn onGoOn={() => setAgain(undefined)} />}
      <div className="pa-under">
        <Cancel onCancel={() => registration.close()} />
      </div>
    </>
  );
}

/**
 * What Back shows. What was verified cannot be verified once more, and the first step has nothing
 * before it.
 */
function stepBefore(
  { step, code }: Registration,
  again: Again | undefined,
): { show: Again | undefined } | 'STAYS' | undefined {
  // A verified address is given up by the new one only: Back returns to the password.
  if (step === 'SET_PASSWORD') return again === undefined ? 'STAYS' : { show: undefined };
  if (again === 'METHOD' || step === 'CHOOSE_METHOD') return undefined;
  if (again === 'PHONE' || step === 'ENTER_PHONE') return 'STAYS';
  if (step === 'VERIFY_PHONE') return { show: 'PHONE' };
  if (step === 'ENTER_EMAIL' || (again === 'EMAIL' && code !== undefined))
    return { show: 'METHOD' };
  // The method of an incomplete registration is set with its password.
  return code === undefined ? undefined : { show: 'EMAIL' };
}

interface StepProps extends RegistrationStepProps {
  again: Again | undefined;
  setAgain: (value: Again) => void;
}

function Step(props: StepProps): ReactNode {
  const { registration, again, setAgain, busy } = props;
  const { t } = useTranslation();
  const changeMethod = (
    <ActionButton kind="plain" busy={busy} onClick={() => setAgain('METHOD')}>
      {t('registration.changeMethod')}
    </ActionButton>
  );
  if (again === 'METHOD' || registration.step === 'CHOOSE_METHOD')
    return <ChooseMethod {...props} />;
  if (again === 'EMAIL' || registration.step === 'ENTER_EMAIL')
    return <EnterEmail {...props}>{changeMethod}</EnterEmail>;
  if (registration.step === 'VERIFY_EMAIL' && registration.code !== undefined)
    return <VerifyEmail {...props}>{changeMethod}</VerifyEmail>;
  // The password of an incomplete registration is set, and the method with it.
  if (registration.step === 'VERIFY_EMAIL') return <EnterEmail {...props} />;
  if (registration.step === 'SET_PASSWORD')
    return <SetPassword {...props}>{changeMethod}</SetPassword>;
  if (registration.step === 'VERIFY_PHONE' && again !== 'PHONE') return <VerifyPhone {...props} />;
  return <EnterPhone {...props} />;
}

function VerifyEmail({
  registration,
  busy,
  refusal,
  step,
  setAgain,
  children,
}: StepProps & { children: ReactNode }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const { code, maskedEmail = '' } = registration;
  if (code === undefined) return null;
  const { email } = client.registration;
  const resend = (): void =>
    email === undefined
      ? setAgain('EMAIL')
      : void step(() => client.registration.enterEmail(email));
  return (
    <CodeEntry
      factor="EMAIL"
      destination={email ?? maskedEmail}
      {...code}
      refusal={refusal}
      busy={busy}
      onVerify={(typed) => void step(() => client.registration.verifyEmail(typed))}
      onResend={resend}
    >
      <p className="pa-small pa-others">
        <ActionButton kind="plain" busy={busy} onClick={() => setAgain('EMAIL')}>
          {t('actions.change')}
        </ActionButton>
        {children}
      </p>
    </CodeEntry>
  );
}

function SetPassword({
  registration,
  busy,
  refusal,
  step,
  setAgain,
  children,
}: StepProps & { children: ReactNode }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const { standing } = client.providerRegistration;
  const set = (password: string): void =>
    void step(() => client.registration.setPassword(password));
  return (
    <Screen title={t('registration.password.title')}>
      <Message type="success">{t('registration.password.lead')}</Message>
      <p className="pa-verified">
        <span className="pa-destination">
          {client.registration.email ?? registration.maskedEmail}
        </span>{' '}
        <ActionButton kind="plain" busy={busy} onClick={() => setAgain('EMAIL')}>
          {t('actions.change')}
        </ActionButton>
      </p>
      <p className="pa-small">{t('registration.password.note')}</p>
      <NewPasswordForm
        action={t('actions.create')}
        names={[
          client.registration.email,
          client.registration.username,
          standing.created?.username,
          standing.started?.provider.name,
        ]}
        username={client.registration.email}
        refusal={refusal}
        busy={busy}
        onPassword={set}
      />
      <p className="pa-small pa-others">{children}</p>
    </Screen>
  );
}

function VerifyPhone(props: StepProps) {
  const {
    registration: { call, code, maskedPhone = '' },
    busy,
    refusal,
    step,
    setAgain,
    onDenied,
  } = props;
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  const { phone } = registration;
  const { typed } = phone;
  // What the person just typed is shown in full, so that it can be checked.
  const destination = typed ?? maskedPhone;
  const send = (channel: Channel): void =>
    typed === undefined ? setAgain('PHONE') : void step(() => phone.enter(typed, channel));
  const another = (
    <p className="pa-small">
      <ActionButton kind="plain" busy={busy} onClick={() => setAgain('PHONE')}>
        {t('registration.changeNumber')}
      </ActionButton>
    </p>
  );
  if (call !== undefined) {
    return (
      <CallScreen
        callId={call.callId}
        match={call.match}
        destination={destination}
        refusal={refusal}
        busy={busy}
        onDenied={onDenied}
        onConfirmed={() => void step(() => phone.confirmCall())}
        onCallAgain={() => send('CALL')}
        onSendCode={() => send('SMS')}
      >
        {another}
      </CallScreen>
    );
  }
  if (code === undefined) return <EnterPhone {...props} />;
  return (
    <CodeEntry
      factor="SMS"
      destination={destination}
      {...code}
      refusal={refusal}
      busy={busy}
      onVerify={(code) => void step(() => phone.verify(code))}
      onResend={() => send('SMS')}
      onCallMe={() => send('CALL')}
    >
      {another}
    </CodeEntry>
  );
}
