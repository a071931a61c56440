import '../../i18n/account-texts.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useOutletContext } from 'react-router';
import type { PendingChange } from '@portal-auth/client';
import type { Channel } from '../../../../contract/flows.ts';
import type { Me } from '../../../../contract/portal.ts';
import { usePortal } from '../../portal-context.tsx';
import { ActionButton, Actions } from '../../ui/buttons.tsx';
import { CallDenied, CallScreen } from '../../ui/call-screen.tsx';
import { CodeEntry } from '../../ui/code-entry.tsx';
import { Confirmation } from '../../ui/confirmation.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PhoneForm } from '../../ui/phone-form.tsx';
import { Screen } from '../../ui/screen.tsx';
import type { Action } from '../../ui/use-action.ts';
import { useNavigateWhileHere } from '../../ui/use-while-here.ts';
import { BackToAccount } from './back-to-account.tsx';
import { useChange } from './fresh-factor.tsx';
import type { Changed } from './overview.tsx';

/** Adds, replaces or removes the phone number. A reload goes on at the code or the call. */
export function Component() {
  const { client } = usePortal();
  const { phoneChange } = client.signedIn;
  const navigate = useNavigateWhileHere();
  const change = useChange();
  const [pending, setPending] = useState(phoneChange.pending);
  const [isDenied, setDenied] = useState(false);
  const finish = (changed: Changed['changed']): void =>
    navigate('/account', { state: { changed } satisfies Changed });
  const start = async (phoneNumber: string, channel: Channel): Promise<void> => {
    const begun = await change.run(() => phoneChange.start(phoneNumber, channel));
    if (begun?.code !== undefined) client.clock.sentJustNow(begun.code.resendAt);
    setPending(phoneChange.pending);
  };
  const verify: Verify = async (confirm) => {
    if ((await change.run(confirm)) !== undefined) finish('PHONE');
    else setPending(phoneChange.pending);
  };
  const giveUp = (): void => {
    phoneChange.abandon();
    change.dismiss();
    setPending(undefined);
  };
  const again = (channel: Channel): void =>
    phoneChange.typed === undefined ? giveUp() : void start(phoneChange.typed, channel);
  if (isDenied) return <CallDenied />;
  if (pending?.code === undefined && pending?.call === undefined)
    return <Number change={change} onNumber={start} onRemoved={() => finish('NO_PHONE')} />;
  return (
    <VerifyNumber
      pending={pending}
      change={change}
      onVerify={verify}
      onAgain={again}
      onGiveUp={giveUp}
      onDenied={() => {
        phoneChange.abandon();
        setDenied(true);
      }}
    />
  );
}

type Verify = (confirm: () => ReturnType<AuthClientPhone['verify']>) => Promise<void>;
type AuthClientPhone = ReturnType<typeof usePortal>['client']['signedIn']['phoneChange'];

function Number({
  change,
  onNumber,
  onRemoved,
}: {
  change: Action;
  onNumber: (phoneNumber: string, channel: Channel) => Promise<void>;
  onRemoved: () => void;
}) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const { maskedPhone } = useOutletContext<Me>();
  const [isAsking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    // A dialog that stayed open would keep the person from a sign-in on the spot.
    setAsking(false);
    if ((await change.run(() => client.signedIn.removePhone())) !== undefined) onRemoved();
  };
  return (
    <Screen
      title={t('account.phone.title')}
      lead={t(maskedPhone === undefined ? 'account.phone.addLead' : 'account.phone.changeLead')}
    >
      <BackToAccount />
      {maskedPhone === undefined ? null : (
        <Facts rows={[[t('account.phone.present'), maskedPhone]]} />
      )}
      <PhoneForm
        busy={change.busy}
        refusal={change.refusal}
        onNumber={(number, channel) => void onNumber(number, channel)}
      />
      {maskedPhone === undefined ? null : (
        <Actions>
          <ActionButton kind="danger" busy={change.busy} onClick={() => setAsking(true)}>
            {t('account.phone.remove')}
          </ActionButton>
        </Actions>
      )}
      {isAsking ? (
        <Confirmation
          question={t('account.phone.removeQuestion')}
          action={t('account.phone.remove')}
          busy={change.busy}
          refusal={undefined}
          onConfirm={() => void remove()}
          onCancel={() => setAsking(false)}
        >
          <p>{t('account.phone.removeText')}</p>
        </Confirmation>
      ) : null}
    </Screen>
  );
}

interface VerifyNumberProps {
  pending: PendingChange;
  change: Action;
  onVerify: Verify;
  onAgain: (channel: Channel) => void;
  onGiveUp: () => void;
  onDenied: () => void;
}

function VerifyNumber(props: VerifyNumberProps) {
  const { pending, change, onVerify, onAgain, onDenied } = props;
  const { code, call } = pending;
  const { phoneChange } = usePortal().client.signedIn;
  const shared = {
    // What the person just typed is shown in full, so that it can be checked.
    destination: phoneChange.typed ?? pending.destination,
    refusal: change.refusal,
    busy: change.busy,
  };
  if (call !== undefined)
    return (
      <CallScreen
        callId={call.callId}
        match={call.match}
        {...shared}
        onConfirmed={() => void onVerify(() => phoneChange.confirmCall())}
        onCallAgain={() => onAgain('CALL')}
        onSendCode={() => onAgain('SMS')}
        onDenied={onDenied}
      >
        <Others {...props} />
      </CallScreen>
    );
  return code === undefined ? null : (
    <CodeEntry
      factor="SMS"
      {...code}
      {...shared}
      onVerify={(typed) => void onVerify(() => phoneChange.verify(typed))}
      onResend={() => onAgain('SMS')}
      onCallMe={() => onAgain('CALL')}
    >
      <Others {...props} />
    </CodeEntry>
  );
}

function Others({ change, onGiveUp }: VerifyNumberProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = (): void => {
    onGiveUp();
    void navigate('/account');
  };
  return (
    <p className="pa-small pa-others">
      <ActionButton kind="plain" busy={change.busy} onClick={onGiveUp}>
        {t('account.phone.another')}
      </ActionButton>
      <ActionButton kind="plain" onClick={leave}>
        {t('account.phone.stop')}
      </ActionButton>
    </p>
  );
}
