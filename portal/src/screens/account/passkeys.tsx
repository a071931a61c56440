import '../../i18n/account-texts.ts';
import * as z from 'zod';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PasskeyView } from '@portal-auth/client';
import { AddPasskey } from '../../../../contract/passkeys.ts';
import { usePortal } from '../../portal-context.tsx';
import { ActionButton, Actions } from '../../ui/buttons.tsx';
import { Confirmation } from '../../ui/confirmation.tsx';
import { Field } from '../../ui/field.tsx';
import { Message, Notice } from '../../ui/notice.tsx';
import { addPasskey, canUsePasskeys, deviceName, forgetInBrowser } from '../../ui/passkeys.ts';
import { Screen } from '../../ui/screen.tsx';
import { useFaults } from '../../ui/use-faults.ts';
import { useFormOf } from '../../ui/use-form-of.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { BackToAccount } from './back-to-account.tsx';
import { useChange } from './fresh-factor.tsx';
import { Passkey } from './passkey.tsx';

const MOST = 10;

/** The person's passkeys: added, renamed and removed. */
export function Component() {
  const { t } = useTranslation();
  const { client, config } = usePortal();
  const passkeys = useLoaded(() => client.signedIn.passkeys.list(), []);
  const change = useChange();
  const [done, setDone] = useState<string>();
  const [removing, setRemoving] = useState<PasskeyView>();
  const heading = useRef<HTMLHeadingElement>(null);
  const list = passkeys.value?.passkeys;
  const finish = (words: string): void => {
    setDone(words);
    passkeys.reload();
    heading.current?.focus();
  };
  const start = (): void => setDone(undefined);
  const remove = async ({ passkeyId, name }: PasskeyView): Promise<void> => {
    // A dialog that stayed open would keep the person from a sign-in on the spot.
    setRemoving(undefined);
    start();
    if ((await change.run(() => client.signedIn.passkeys.remove(passkeyId))) === undefined) return;
    void forgetInBrowser(config.passkeyRpId ?? window.location.hostname, passkeyId);
    finish(t('account.passkeys.removed', { name }));
  };
  return (
    <Screen title={t('account.passkeys.title')} lead={t('account.passkeys.lead')} wide>
      <BackToAccount />
      <Notice refusal={change.refusal ?? passkeys.refusal} />
      {done === undefined ? null : <Message type="success">{done}</Message>}
      <h2 ref={heading} tabIndex={-1}>
        {t('account.passkeys.yours')}
      </h2>
      {list?.length === 0 ? <p className="pa-empty">{t('account.passkeys.none')}</p> : null}
      <ul className="pa-list">
        {list?.map((passkey) => (
          <Passkey
            key={passkey.passkeyId}
            passkey={passkey}
            busy={change.busy}
            onStart={start}
            onRenamed={(name) => finish(t('account.passkeys.renamed', { name }))}
            onRemove={() => setRemoving(passkey)}
          />
        ))}
      </ul>
      {list === undefined ? null : (
        <Add
          isFull={list.length >= MOST}
          onStart={start}
          onAdded={(name) => finish(t('account.passkeys.added', { name }))}
        />
      )}
      {removing === undefined ? null : (
        <AskToRemove
          name={removing.name}
          onConfirm={() => void remove(removing)}
          onCancel={() => setRemoving(undefined)}
        />
      )}
    </Screen>
  );
}

function AskToRemove({
  name,
  onConfirm,
  onCancel,
}: {
  name: string;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Confirmation
      question={t('account.passkeys.removeQuestion', { name })}
      action={t('account.passkeys.remove')}
      busy={false}
      refusal={undefined}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <p>{t('account.passkeys.removeText')}</p>
    </Confirmation>
  );
}

const Named = z.object({ name: AddPasskey.shape.name });

function Add({
  isFull,
  onStart,
  onAdded,
}: {
  isFull: boolean;
  onStart: () => void;
  onAdded: (name: string) => void;
}) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const change = useChange();
  const form = useFormOf(Named, { name: deviceName() ?? t('passkeys.aDevice') });
  const faults = useFaults(form, change.refusal, { name: t('account.passkeys.faultyName') });
  const send = form.handleSubmit(async ({ name }) => {
    onStart();
    const added = await addPasskey(client, change.run, name);
    if (added === undefined) return;
    form.reset();
    onAdded(added.name);
  });
  if (isFull) return <p>{t('account.passkeys.full')}</p>;
  if (!canUsePasskeys()) return <Message type="info">{t('account.passkeys.unusable')}</Message>;
  return (
    <>
      <h2>{t('account.passkeys.addTitle')}</h2>
      <form noValidate onSubmit={(event) => void send(event)}>
        <Notice faults={faults} />
        <Field
          field={form.register('name')}
          label={t('account.passkeys.name')}
          hint={t('account.passkeys.nameHint')}
          maxLength={60}
          fault={faults.of('name')}
        />
        <Actions>
          <ActionButton type="submit" busy={change.busy}>
            {t('account.passkeys.add')}
          </ActionButton>
        </Actions>
      </form>
    </>
  );
}
