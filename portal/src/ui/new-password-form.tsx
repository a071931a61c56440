import * as z from 'zod';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { PASSWORD_LENGTH } from '../../../contract/password-strength.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from './buttons.tsx';
import type { Refusal } from '@portal-auth/client';
import { PasswordField } from './field.tsx';
import { Notice } from './notice.tsx';
import { PasswordStrength } from './password-strength.tsx';
import { useFaults, type Faults } from './use-faults.ts';
import { useFormOf } from './use-form-of.ts';

/** The backend's bounds. The backend also refuses passwords that are easy to guess. */
const NewPassword = z
  .object({
    currentPassword: z.string().min(1),
    password: z
      .string()
      .normalize('NFC')
      .min(PASSWORD_LENGTH.least, 'newPassword')
      .max(PASSWORD_LENGTH.most, 'passwordLong')
      .refine((typed) => typed === typed.trim(), 'newPassword'),
    confirmation: z.string().normalize('NFC'),
  })
  .refine(({ password, confirmation }) => password === confirmation, {
    path: ['confirmation'],
    message: 'confirm',
  });

const WORDS = { newPassword: 'faults.newPassword', passwordLong: 'faults.passwordLong' } as const;

/** Stands for the present password where the form does not ask for it. */
const NOT_ASKED = '-';

const BLANK = { password: '', confirmation: '' };

export function NewPasswordForm({
  action,
  names,
  username,
  refusal,
  busy,
  asksCurrent = false,
  onPassword,
}: {
  action: string;
  /** What this page knows of the person, the provider and the portal. */
  names: (string | undefined)[];
  /** The address that the password is for, beside which password managers keep it. */
  username: string | undefined;
  refusal: Refusal | undefined;
  busy: boolean;
  /** The present password is asked for, too. */
  asksCurrent?: boolean;
  onPassword: (password: string, currentPassword: string) => void;
}) {
  const { t } = useTranslation();
  const { config } = usePortal();
  const form = useFormOf(NewPassword, {
    ...BLANK,
    currentPassword: asksCurrent ? '' : NOT_ASKED,
  });
  const { password } = form.formState.errors;
  const faults = useFaults(form, refusal, {
    currentPassword: t('faults.passwordMissing'),
    password: t(WORDS[password?.message as keyof typeof WORDS] ?? 'faults.newPassword'),
    confirmation: t('faults.confirm'),
  });
  const send = form.handleSubmit((typed) => onPassword(typed.password, typed.currentPassword));
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <Notice faults={faults} />
      <input type="text" autoComplete="username" value={username ?? ''} readOnly hidden />
      {asksCurrent && <CurrentPassword field={form.register('currentPassword')} faults={faults} />}
      <PasswordField
        field={form.register('password')}
        label={t('fields.newPassword')}
        hint={t('hints.password')}
        autoComplete="new-password"
        fault={faults.of('password')}
      />
      <PasswordStrength
        password={form.watch('password')}
        names={[config.portalName, ...names].filter((name) => name !== undefined)}
      />
      <PasswordField
        field={form.register('confirmation')}
        label={t('fields.confirmPassword')}
        autoComplete="new-password"
        fault={faults.of('confirmation')}
      />
      <Actions>
        <ActionButton type="submit" busy={busy}>
          {action}
        </ActionButton>
      </Actions>
    </form>
  );
}

function CurrentPassword({ field, faults }: { field: UseFormRegisterReturn; faults: Faults }) {
  const { t } = useTranslation();
  return (
    <PasswordField
      field={field}
      label={t('fields.currentPassword')}
      autoComplete="current-password"
      fault={faults.of(field.name)}
    />
  );
}
