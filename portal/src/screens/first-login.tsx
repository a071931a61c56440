import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Field, PasswordField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useAction } from '../ui/use-action.ts';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { useNavigateWhileHere } from '../ui/use-while-here.ts';

const PortalLogin = z.object({
  username: z.string().trim().min(1).max(64),
  password: z.string().min(1),
});

/** The portal login of current users, which opens the MFA registration. */
export function Component() {
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  const navigate = useNavigateWhileHere();
  const action = useAction();
  const form = useFormOf(PortalLogin, { username: '', password: '' });
  const faults = useFaults(form, action.refusal, {
    username: t('faults.usernameMissing'),
    password: t('faults.passwordMissing'),
  });
  const send = form.handleSubmit(async ({ username, password }) => {
    const opened = await action.run(async () => {
      const answer = await registration.openByPortalLogin(username, password);
      // A request that was lost judged nothing.
      if (!answer.ok && answer.refusal.code !== 'UNREACHABLE') form.resetField('password');
      return answer;
    });
    if (opened !== undefined) navigate('/registration');
  });
  return (
    <Screen title={t('portalLogin.title')} lead={t('portalLogin.lead')}>
      <Notice faults={faults}>
        {action.refusal?.code === 'ALREADY_REGISTERED' ? (
          <Link to="/">{t('actions.toLogin')}</Link>
        ) : null}
      </Notice>
      <form noValidate onSubmit={(event) => void send(event)}>
        <Field
          field={form.register('username')}
          label={t('fields.username')}
          autoComplete="username"
          fault={faults.of('username')}
        />
        <PasswordField
          field={form.register('password')}
          label={t('fields.password')}
          autoComplete="current-password"
          fault={faults.of('password')}
        />
        <Actions>
          <ActionButton type="submit" busy={action.busy}>
            {t('actions.login')}
          </ActionButton>
          <ButtonLink to="/" kind="outline">
            {t('actions.back')}
          </ButtonLink>
        </Actions>
      </form>
      <p>
        <Link to="/registration-error" state={{ username: form.watch('username') }}>
          {t('portalLogin.forgot')}
        </Link>
        <br />
        <span className="pa-small">{t('portalLogin.forgotHint')}</span>
      </p>
    </Screen>
  );
}
