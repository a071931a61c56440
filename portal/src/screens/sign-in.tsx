import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { EmailAddress, type LoginMethod } from '../../../contract/accounts.ts';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Field, PasswordField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';

const Credentials = z.object({ email: EmailAddress, password: z.string().min(1) });

/** Asks for e-mail address and password. */
export function Component() {
  const { t } = useTranslation();
  const { state, busy, begin } = useSignIn();
  const navigate = useNavigate();
  const loginMethod: LoginMethod = useParams().method === 'email' ? 'EMAIL' : 'PHONE';
  const ended = state?.kind === 'ENDED' ? state : undefined;
  const form = useFormOf(Credentials, {
    email: state !== undefined && 'email' in state ? state.email : '',
    password: '',
  });
  const faults = useFaults(form, ended?.refusal, {
    email: t('faults.email'),
    password: t('faults.passwordMissing'),
  });
  const send = form.handleSubmit(async ({ email, password }) => {
    const next = await begin({ email, loginMethod }, (signIn) => signIn.withPassword(password));
    if (next.kind === 'CHALLENGE') void navigate('/sign-in/verify');
    // A request that was lost judged nothing.
    else if (next.kind !== 'ENDED' || next.refusal.code !== 'UNREACHABLE')
      form.resetField('password');
  });
  return (
    <Screen title={t('signIn.title')} lead={t('signIn.lead')}>
      <p className="pa-tag">
        {t(loginMethod === 'PHONE' ? 'signIn.withPhone' : 'signIn.withEmail')}
      </p>
      <Notice faults={faults} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('email')}
          label={t('fields.email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          fault={faults.of('email')}
        />
        <PasswordField
          field={form.register('password')}
          label={t('fields.password')}
          autoComplete="current-password"
          fault={faults.of('password')}
        />
        <p>
          <Link to="/password-reset" state={{ email: form.watch('email') }}>
            {t('signIn.forgot')}
          </Link>
        </p>
        <Actions>
          <ActionButton type="submit" busy={busy}>
            {t('actions.signIn')}
          </ActionButton>
          <ButtonLink to="/" kind="outline">
            {t('actions.back')}
          </ButtonLink>
        </Actions>
      </form>
      <FirstLogin />
    </Screen>
  );
}

function FirstLogin() {
  const { t } = useTranslation();
  return (
    <p className="pa-small">
      {t('signIn.wrongAccount')} <Link to="/first-login">{t('signIn.firstLogin')}</Link>
    </p>
  );
}
