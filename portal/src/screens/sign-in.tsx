import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { EmailAddress, type LoginMethod } from '../../../contract/accounts.ts';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Field, PasswordField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
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
  const { errors } = form.formState;
  const send = form.handleSubmit(async ({ email, password }) => {
    const next = await begin({ email, loginMethod }, (signIn) => signIn.withPassword(password));
    if (next.kind === 'CHALLENGE') void navigate('/sign-in/verify');
    else form.resetField('password');
  });
  return (
    <Screen title={t('signIn.title')} lead={t('signIn.lead')}>
      <p className="pa-tag">
        {t(loginMethod === 'PHONE' ? 'signIn.withPhone' : 'signIn.withEmail')}
      </p>
      <Notice refusal={ended?.refusal} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('email')}
          label={t('fields.email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          fault={errors.email && t('faults.email')}
        />
        <PasswordField
          field={form.register('password')}
          label={t('fields.password')}
          autoComplete="current-password"
          fault={errors.password && t('faults.passwordMissing')}
        />
        <p>
          <Link to="/password-reset">{t('signIn.forgot')}</Link>
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
      <p className="pa-small">
        {t('signIn.wrongAccount')} <Link to="/first-login">{t('signIn.firstLogin')}</Link>
      </p>
    </Screen>
  );
}
