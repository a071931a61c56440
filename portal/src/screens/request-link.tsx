import * as z from 'zod';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailAddress, Username } from '../../../contract/accounts.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { EmailField, Field, PasswordField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Support } from '../ui/support.tsx';
import { useAction } from '../ui/use-action.ts';
import { useFaults } from '../ui/use-faults.ts';
import { useTyped } from '../ui/use-typed.ts';
import { useFormOf } from '../ui/use-form-of.ts';

const ByUsername = z.object({ username: Username });
const ByPassword = z.object({ email: EmailAddress, password: z.string().min(1).max(1024) });

/** Registration error → Reset: a link by username. */
export function LinkByUsername() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const action = useAction();
  const typed = useTyped();
  const [sent, setSent] = useState(false);
  const form = useFormOf(ByUsername, { username: typed.username ?? '' });
  const faults = useFaults(form, action.refusal, { username: t('faults.username') });
  const send = form.handleSubmit(async ({ username }) => {
    if ((await action.run(() => client.requestLinkByUsername(username))) !== undefined)
      setSent(true);
  });
  if (sent) return <Sent />;
  return (
    <Screen title={t('resetLink.title')} lead={t('resetLink.lead')}>
      <Notice faults={faults} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('username')}
          label={t('fields.username')}
          autoComplete="username"
          fault={faults.of('username')}
        />
        <Submit busy={action.busy} />
      </form>
    </Screen>
  );
}

/** Incomplete registration: a link by e-mail address and password. */
export function LinkByPassword() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const action = useAction();
  const typed = useTyped();
  const [sent, setSent] = useState(false);
  const form = useFormOf(ByPassword, { email: typed.email ?? '', password: '' });
  const faults = useFaults(form, action.refusal, {
    email: t('faults.email'),
    password: t('faults.passwordMissing'),
  });
  const send = form.handleSubmit(async ({ email, password }) => {
    if ((await action.run(() => client.requestLinkByPassword(email, password))) !== undefined)
      setSent(true);
  });
  if (sent) return <Sent />;
  return (
    <Screen title={t('resetLink.incompleteTitle')} lead={t('resetLink.incompleteLead')}>
      <Notice faults={faults} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <EmailField
          field={form.register('email')}
          label={t('fields.email')}
          autoComplete="username"
          fault={faults.of('email')}
        />
        <PasswordField
          field={form.register('password')}
          label={t('fields.password')}
          autoComplete="current-password"
          fault={faults.of('password')}
        />
        <Submit busy={action.busy} />
      </form>
    </Screen>
  );
}

function Submit({ busy }: { busy: boolean }) {
  const { t } = useTranslation();
  return (
    <Actions>
      <ActionButton type="submit" busy={busy}>
        {t('actions.submit')}
      </ActionButton>
      <ButtonLink to="/help" kind="outline">
        {t('actions.back')}
      </ButtonLink>
    </Actions>
  );
}

function Sent() {
  const { t } = useTranslation();
  return (
    <Screen title={t('resetLink.sentTitle')} lead={t('resetLink.sent')}>
      <p className="pa-small">{t('resetLink.sentHelp')}</p>
      <Support />
      <Actions>
        <ButtonLink to="/">{t('actions.toLogin')}</ButtonLink>
      </Actions>
    </Screen>
  );
}
