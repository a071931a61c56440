import '../../i18n/account-texts.ts';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RememberedDevice } from '../../../../contract/portal.ts';
import { usePortal } from '../../portal-context.tsx';
import { ActionButton, Actions } from '../../ui/buttons.tsx';
import { Confirmation } from '../../ui/confirmation.tsx';
import { dateAndTime } from '../../ui/dates.ts';
import { Facts } from '../../ui/facts.tsx';
import { Message, Notice } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { BackToAccount } from './back-to-account.tsx';

/** The person's remembered devices, and signing out everywhere. */
export function Component() {
  const { t } = useTranslation();
  return (
    <Screen title={t('account.devicesTitle')} wide>
      <BackToAccount />
      <Devices />
      <h2>{t('account.everywhere')}</h2>
      <p>{t('account.everywhereLead')}</p>
      <Everywhere />
    </Screen>
  );
}

function Devices() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const devices = useLoaded(() => client.signedIn.rememberedDevices(), []);
  const action = useAction();
  const [forgotten, setForgotten] = useState(false);
  const here = useDeviceId();
  const heading = useRef<HTMLHeadingElement>(null);
  const forget = async ({ deviceId }: RememberedDevice): Promise<void> => {
    setForgotten(false);
    if ((await action.run(() => client.signedIn.forgetDevice(deviceId))) === undefined) return;
    if (deviceId === here) await client.forgetThisDevice();
    setForgotten(true);
    devices.reload();
    // The button that was pressed goes with its device.
    heading.current?.focus();
  };
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {t('account.devices')}
      </h2>
      <p>{t('account.devicesLead')}</p>
      <Notice refusal={action.refusal ?? devices.refusal} />
      {forgotten ? <Message type="success">{t('account.forgotten')}</Message> : null}
      {devices.value?.length === 0 ? <p className="pa-empty">{t('account.none')}</p> : null}
      <ul className="pa-list">
        {devices.value?.map((device) => (
          <Device
            key={device.deviceId}
            device={device}
            isHere={device.deviceId === here}
            busy={action.busy}
            onForget={() => void forget(device)}
          />
        ))}
      </ul>
    </>
  );
}

/** The id of this browser's own device, if it is remembered. */
function useDeviceId(): string | undefined {
  const { client } = usePortal();
  const [deviceId, setDeviceId] = useState<string>();
  useEffect(() => void client.deviceId().then(setDeviceId), [client]);
  return deviceId;
}

function Device({
  device,
  isHere,
  busy,
  onForget,
}: {
  device: RememberedDevice;
  /** It is this browser. */
  isHere: boolean;
  busy: boolean;
  onForget: () => void;
}) {
  const { t } = useTranslation();
  const { browser, loginMethod, createdAt, expiresAt, lastUsedAt } = device;
  return (
    <li className="pa-list__item">
      {isHere ? <p className="pa-tag">{t('account.thisBrowser')}</p> : null}
      <Facts
        rows={[
          [t('account.browser'), browser],
          [t('account.method'), t(`methods.${loginMethod}`)],
          [t('account.since'), dateAndTime(createdAt)],
          [t('account.expires'), dateAndTime(expiresAt)],
          [t('account.lastUsed'), lastUsedAt && dateAndTime(lastUsedAt)],
        ]}
      />
      <ActionButton
        kind="outline"
        busy={busy}
        label={t('account.forgetLabel', { time: dateAndTime(createdAt) })}
        onClick={onForget}
      >
        {t('account.forget')}
      </ActionButton>
    </li>
  );
}

function Everywhere() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const navigate = useNavigate();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const signOut = async (): Promise<void> => {
    if ((await action.run(() => client.signedIn.signOutEverywhere())) === undefined) return;
    await client.forgetThisDevice();
    void navigate('/signed-out', { replace: true });
  };
  return (
    <>
      <Actions>
        <ActionButton kind="danger" onClick={() => setAsking(true)}>
          {t('account.everywhere')}
        </ActionButton>
      </Actions>
      {asking ? (
        <Confirmation
          question={t('account.confirm')}
          action={t('account.everywhere')}
          busy={action.busy}
          refusal={action.refusal}
          onConfirm={() => void signOut()}
          onCancel={() => setAsking(false)}
        >
          <p>{t('account.everywhereLead')}</p>
        </Confirmation>
      ) : null}
    </>
  );
}
