import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, PasswordReset } from '../../../contract/flows.ts';
import type { Refusal } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { Cancel } from '../ui/cancel.tsx';
import { CallScreen } from '../ui/call-screen.tsx';
import { ChannelChoice } from '../ui/channel-choice.tsx';
import { CodeEntry } from '../ui/code-entry.tsx';
import { NewPasswordForm } from '../ui/new-password-form.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { GoOn, Stayed } from '../ui/step-back.tsx';
import type { FlowOnScreen } from '../ui/use-flow.ts';
import { useStepBack } from '../ui/use-step-back.ts';
import { BeginReset } from './password-reset-begin.tsx';

interface ResetStepProps {
  reset: PasswordReset;
  busy: boolean;
  refusal: Refusal | undefined;
  step: FlowOnScreen<PasswordReset>['step'];
  /** The callee of a verification call pressed 9. */
  onDenied: () => void;
}

type Again = 'EMAIL' | 'CHANNEL';

/** @param props `dismiss` forgets the refusal, when another step is shown */
export function ResetSteps(props: ResetStepProps & { dismiss: () => void }) {
  /** The step that Back shows again. */
  const [again, showAgain] = useState<Again>();
  const setAgain = (value: Again | undefined): void => {
    props.dismiss();
    showAgain(value);
  };
  const before = stepBefore(props.reset, again);
  const hasStayed = useStepBack(
    again ?? props.reset.step,
    typeof before === 'object' ? () => setAgain(before.show) : before,
  );
  const step: ResetStepProps['step'] = async (work) => {
    const progress = await props.step(work);
    if (progress !== undefined) showAgain(undefined);
    return progress;
  };
  return (
    <>
      <Stayed isShown={hasStayed} />
      <Step {...props} step={step} again={again} />
      {again === undefined ? null : <GoOn onGoOn={() => setAgain(undefined)} />}
    </>
  );
}

/** What Back shows. What was verified cannot be verified once more. */
function stepBefore(
  { step, code, call }: PasswordReset,
  again: Again | undefined,
): { show: Again } | 'STAYS' | undefined {
  if (again === 'EMAIL') return undefined;
  if (step === 'VERIFY_EMAIL') return { show: 'EMAIL' };
  const isUnderWay = code !== undefined || call !== undefined;
  return step === 'VERIFY_PHONE' && isUnderWay && again === undefined
    ? { show: 'CHANNEL' }
    : 'STAYS';
}

function Step({ again, ...props }: ResetStepProps & { again: Again | undefined }) {
  if (again === 'EMAIL') return <BeginReset {...props} />;
  if (again === 'CHANNEL') return <ChooseChannel {...props} />;
  if (props.reset.step === 'VERIFY_EMAIL') return <VerifyEmail {...props} />;
  if (props.reset.step === 'SET_PASSWORD') return <SetPassword {...props} />;
  return props.reset.step === 'VERIFY_PHONE' ? (
    <VerifyPhone {...props} />
  ) : (
    <ChooseChannel {...props} />
  );
}

function VerifyEmail({ reset, busy, refusal, step }: ResetStepProps) {
  const { t } = useTranslation();
  const {
    client: { passwordReset },
  } = usePortal();
  const long = new Date(0).toISOString();
  const code = reset.code ?? { expiresAt: long, resendAt: long, attemptsLeft: 0 };
  return (
    <CodeEntry
      factor="EMAIL"
      destination={passwordReset.email ?? reset.maskedEmail}
      {...code}
      refusal={refusal}
      busy={busy}
      onVerify={(typed) => void step(() => passwordReset.verifyEmail(typed))}
      onResend={() => void step(() => passwordReset.resendEmail())}
    >
      <p className="pa-small">{t('reset.sentNote')}</p>
      <Abandon />
    </CodeEntry>
  );
}

function ChooseChannel({ reset, busy, refusal, step }: ResetStepProps) {
  const { t } = useTranslation();
  const {
    config: { channels },
    client: { passwordReset },
  } = usePortal();
  return (
    <Screen title={t('reset.phoneTitle')} lead={t('reset.phoneLead')}>
      <Notice refusal={refusal} />
      <p className="pa-destination pa-destination--big">{reset.maskedPhone}</p>
      <ChannelChoice
        channels={channels}
        busy={busy}
        onChoose={(channel) => void step(() => passwordReset.chooseChannel(channel))}
      />
      <Abandon />
    </Screen>
  );
}

function VerifyPhone(props: ResetStepProps) {
  const {
    reset: { call, code, maskedPhone = '' },
    busy,
    refusal,
    step,
    onDenied,
  } = props;
  const {
    client: { passwordReset },
  } = usePortal();
  const send = (channel: Channel): void => void step(() => passwordReset.chooseChannel(channel));
  if (call !== undefined) {
    return (
      <CallScreen
        callId={call.callId}
        match={call.match}
        destination={maskedPhone}
        refusal={refusal}
        busy={busy}
        onDenied={onDenied}
        onConfirmed={() => void step(() => passwordReset.confirmCall())}
        onCallAgain={() => send('CALL')}
        onSendCode={() => send('SMS')}
      >
        <Abandon />
      </CallScreen>
    );
  }
  if (code === undefined) return <ChooseChannel {...props} />;
  return (
    <CodeEntry
      factor="SMS"
      destination={maskedPhone}
      {...code}
      refusal={refusal}
      busy={busy}
      onVerify={(typed) => void step(() => passwordReset.verifyPhone(typed))}
      onResend={() => send('SMS')}
      onCallMe={() => send('CALL')}
    >
      <Abandon />
    </CodeEntry>
  );
}

function SetPassword({ busy, refusal, step }: ResetStepProps) {
  const { t } = useTranslation();
  const {
    client: { passwordReset },
  } = usePortal();
  const set = (password: string): void => void step(() => passwordReset.setPassword(password));
  return (
    <Screen title={t('reset.passwordTitle')} lead={t('reset.passwordLead')}>
      <NewPasswordForm
        action={t('actions.continue')}
        names={[passwordReset.email]}
        username={passwordReset.email}
        refusal={refusal}
        busy={busy}
        onPassword={set}
      />
      <Abandon />
    </Screen>
  );
}

function Abandon() {
  const {
    client: { passwordReset },
  } = usePortal();
  return <Cancel onCancel={() => passwordReset.close()} />;
}
