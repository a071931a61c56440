import * as z from 'zod';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PasskeyView } from '@portal-auth/client';
import { RenamePasskey } from '../../../../contract/passkeys.ts';
import { usePortal } from '../../portal-context.tsx';
import { ActionButton, Actions } from '../../ui/buttons.tsx';
import { dateAndTime } from '../../ui/dates.ts';
import { Facts } from '../../ui/facts.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useFaults } from '../../ui/use-faults.ts';
import { useFormOf } from '../../ui/use-form-of.ts';
import { useChange } from './fresh-factor.tsx';

/** One passkey of the list. */
export function Passkey({
  passkey,
  busy,
  onStart,
  onRenamed,
  onRemove,
}: {
  passkey: PasskeyView;
  busy: boolean;
  onStart: () => void;
  onRenamed: (name: string) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const [isRenaming, setRenaming] = useState(false);
  const { name } = passkey;
  const renamed = (as: string): void => {
    setRenaming(false);
    onRenamed(as);
  };
  return (
    <li className="pa-list__item">
      <h3 className="pa-list__name">{name}</h3>
      <Times passkey={passkey} />
      {isRenaming ? (
        <Rename
          passkey={passkey}
          onStart={onStart}
          onRenamed={renamed}
          onCancel={() => setRenaming(false)}
        />
      ) : (
        <Actions>
          <ActionButton
            kind="outline"
            label={t('account.passkeys.renameLabel', { name })}
            onClick={() => setRenaming(true)}
          >
            {t('account.passkeys.rename')}
          </ActionButton>
          <ActionButton
            kind="outline"
            busy={busy}
            label={t('account.passkeys.removeLabel', { name })}
            onClick={onRemove}
          >
            {t('account.passkeys.remove')}
          </ActionButton>
        </Actions>
      )}
    </li>
  );
}

function Times({ passkey: { createdAt, lastUsedAt } }: { passkey: PasskeyView }) {
  const { t } = useTranslation();
  const lastUsed = lastUsedAt === undefined ? t('account.passkeys.never') : dateAndTime(lastUsedAt);
  return (
    <Facts
      rows={[
        [t('account.passkeys.created'), dateAndTime(createdAt)],
        [t('account.passkeys.lastUsed'), lastUsed],
      ]}
    />
  );
}

/** The name of the field, so that it differs from the one for a new passkey. */
const Renamed = z.object({ newName: RenamePasskey.shape.name });

function Rename({
  passkey: { passkeyId, name },
  onStart,
  onRenamed,
  onCancel,
}: {
  passkey: PasskeyView;
  onStart: () => void;
  onRenamed: (name: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const change = useChange();
  const form = useFormOf(Renamed, { newName: name });
  const faults = useFaults(form, change.refusal, { newName: t('account.passkeys.faultyName') });
  useEffect(() => form.setFocus('newName'), [form]);
  const send = form.handleSubmit(async ({ newName }) => {
    onStart();
    const renamed = await change.run(() => client.signedIn.passkeys.rename(passkeyId, newName));
    if (renamed !== undefined) onRenamed(renamed.name);
  });
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <Notice faults={faults} />
      <Field
        field={form.register('newName')}
        label={t('account.passkeys.renameLabel', { name })}
        maxLength={60}
        fault={faults.of('newName')}
      />
      <Actions>
        <ActionButton type="submit" busy={change.busy}>
          {t('account.passkeys.save')}
        </ActionButton>
        <ActionButton kind="outline" onClick={onCancel}>
          {t('actions.cancel')}
        </ActionButton>
      </Actions>
    </form>
  );
}
