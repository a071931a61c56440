import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { Message, Notice } from '../ui/notice.tsx';
import { addPasskey, deviceName, hasPlatformPasskeys } from '../ui/passkeys.ts';
import { useAction } from '../ui/use-action.ts';

/** Offers a passkey to whoever has just registered, on a device that can keep one. */
export function PasskeyOffer() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const navigate = useNavigate();
  const action = useAction();
  const [can, setCan] = useState(false);
  const [isMade, setMade] = useState(false);
  useEffect(() => void hasPlatformPasskeys().then(setCan), []);
  const isTooLate = action.refusal?.code === 'FACTOR_TOO_OLD';
  // The page of passkeys asks for what is missing.
  useEffect(() => {
    if (isTooLate) void navigate('/account/passkeys');
  }, [isTooLate, navigate]);
  const make = async (): Promise<void> => {
    const name = deviceName() ?? t('passkeys.aDevice');
    if ((await addPasskey(client, action.run, name)) !== undefined) setMade(true);
  };
  if (isMade) return <Message type="success">{t('passkeys.made')}</Message>;
  if (!can) return null;
  return (
    <section className="pa-offer" aria-labelledby="passkey-offer">
      <h2 id="passkey-offer">{t('passkeys.offerTitle')}</h2>
      <Notice refusal={action.refusal} />
      <p>{t('passkeys.offerLead')}</p>
      <Actions>
        <ActionButton busy={action.busy} onClick={() => void make()}>
          {t('passkeys.make')}
        </ActionButton>
        <ActionButton
          kind="outline"
          onClick={() => void navigate('/home', { replace: true, state: null })}
        >
          {t('passkeys.notNow')}
        </ActionButton>
      </Actions>
    </section>
  );
}
