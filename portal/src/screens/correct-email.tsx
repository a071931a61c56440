import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { EmailAddress } from '../../../contract/accounts.ts';
import type { ManagedUser } from '../../../contract/portal.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { EmailField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useAction } from '../ui/use-action.ts';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';

const EmailForm = z.object({ email: EmailAddress });

/** The address of a registered user changes by a registration of their own only. */
export function hasCorrectableEmail({ status }: Pick<ManagedUser, 'status'>): boolean {
  return status !== 'ACTIVE' && status !== 'DISABLED';
}

/** Corrects the address on record of a user who is not registered, and mails the link there. */
export function CorrectEmail({
  user,
  onDone,
}: {
  user: ManagedUser;
  onDone: (email: string) => void;
}) {
  const { t } = useTranslation();
  const {
    client: { signedIn },
  } = usePortal();
  const action = useAction();
  const form = useFormOf(EmailForm, { email: '' });
  const faults = useFaults(form, action.refusal, { email: t('faults.email') });
  const send = form.handleSubmit(async ({ email }) => {
    const corrected = await action.run(() => signedIn.correctEmail(user.username, email));
    if (corrected === undefined) return;
    form.reset();
    onDone(email);
  });
  return (
    <form noValidate className="pa-correct" onSubmit={(event) => void send(event)}>
      <Notice faults={faults} />
      <p>{t('users.correctText')}</p>
      <EmailField
        field={form.register('email')}
        label={t('users.correctLabel')}
        hint={user.maskedEmail && t('hints.maskedEmail', { maskedEmail: user.maskedEmail })}
        autoComplete="off"
        fault={faults.of('email')}
      />
      <Actions>
        <ActionButton type="submit" kind="outline" busy={action.busy}>
          {t('users.correct')}
        </ActionButton>
      </Actions>
    </form>
  );
}
