import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { ActionButton, Actions } from './buttons.tsx';
import { PasswordField } from './field.tsx';
import { useFormOf } from './use-form-of.ts';

/** The backend's bounds. The backend also refuses common passwords and the person's names. */
const NewPassword = z
  .object({
    password: z
      .string()
      .min(8, 'newPassword')
      .max(256, 'passwordLong')
      .refine((typed) => typed === typed.trim(), 'newPassword'),
    confirmation: z.string(),
  })
  .refine(
    ({ password, confirmation }) => password.normalize('NFC') === confirmation.normalize('NFC'),
    { path: ['confirmation'], message: 'confirm' },
  );

const WORDS = { newPassword: 'faults.newPassword', passwordLong: 'faults.passwordLong' } as const;

export function NewPasswordForm({
  action,
  busy,
  onPassword,
}: {
  action: string;
  busy: boolean;
  onPassword: (password: string) => void;
}) {
  const { t } = useTranslation();
  const form = useFormOf(NewPassword, { password: '', confirmation: '' });
  const { password, confirmation } = form.formState.errors;
  const send = form.handleSubmit((typed) => onPassword(typed.password));
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <PasswordField
        field={form.register('password')}
        label={t('fields.newPassword')}
        hint={t('hints.password')}
        autoComplete="new-password"
        fault={password && t(WORDS[password.message as keyof typeof WORDS] ?? 'faults.newPassword')}
      />
      <PasswordField
        field={form.register('confirmation')}
        label={t('fields.confirmPassword')}
        autoComplete="new-password"
        fault={confirmation && t('faults.confirm')}
      />
      <Actions>
        <ActionButton type="submit" busy={busy}>
          {action}
        </ActionButton>
      </Actions>
    </form>
  );
}
