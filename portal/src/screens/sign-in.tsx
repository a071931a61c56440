import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Refusal } from '@portal-auth/client';
import { EmailAddress, type LoginMethod } from '../../../contract/accounts.ts';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { EmailField, PasswordField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { canUsePasskeys } from '../ui/passkeys.ts';
import { Screen } from '../ui/screen.tsx';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { useNavigateWhileHere } from '../ui/use-while-here.ts';
import {
  usePasskeyAutofill,
  usePasskeySignIn,
  type PasskeySignIn,
} from '../ui/use-passkey-sign-in.ts';

const Credentials = z.object({ email: EmailAddress, password: z.string().min(1) });

/**
 * Asks for e-mail address and password, and offers passkeys in the address field and by a button.
 */
export function Component() {
  const { t } = useTranslation();
  const { state, begin } = useSignIn();
  const navigate = useNavigateWhileHere();
  const loginMethod: LoginMethod = useParams().method === 'email' ? 'EMAIL' : 'PHONE';
  const ended = state?.kind === 'ENDED' ? state : undefined;
  const form = useFormOf(Credentials, {
    email: state !== undefined && 'email' in state ? state.email : '',
    password: '',
  });
  const passkey = usePasskeyHere(loginMethod, ended?.refusal);
  const faults = useFaults(form, passkey.refusal ?? (passkey.busy ? undefined : ended?.refusal), {
    email: t('faults.email'),
    password: t('faults.passwordMissing'),
  });
  const send = form.handleSubmit(async ({ email, password }) => {
    passkey.dismiss();
    const next = await begin({ email, loginMethod }, (signIn) => signIn.withPassword(password));
    if (next.kind === 'CHALLENGE') navigate('/sign-in/verify');
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
        <EmailField
          field={form.register('email')}
          label={t('fields.email')}
          autoComplete="username webauthn"
          fault={faults.of('email')}
        />
        <PasswordField
          field={form.register('password')}
          label={t('fields.password')}
          autoComplete="current-password"
          fault={faults.of('password')}
        />
        <Forgot email={form.watch('email')} />
        <Actions>
          <ActionButton type="submit" busy={passkey.busy}>
            {t('actions.signIn')}
          </ActionButton>
          <ButtonLink to="/" kind="outline">
            {t('actions.back')}
          </ButtonLink>
        </Actions>
      </form>
      <PasskeyButton busy={passkey.busy} onPress={() => void passkey.start()} />
      <FirstLogin />
    </Screen>
  );
}

/** A passkey by the button or from the address field. */
function usePasskeyHere(loginMethod: LoginMethod, refused: Refusal | undefined): PasskeySignIn {
  const passkey = usePasskeySignIn(loginMethod);
  // One that was refused would be offered again and again.
  const isOffered = !passkey.busy && refused?.code !== 'PASSKEY_REFUSED';
  usePasskeyAutofill(isOffered, (chosen) => void passkey.signIn(chosen));
  return passkey;
}

function Forgot({ email }: { email: string }) {
  const { t } = useTranslation();
  return (
    <p>
      <Link to="/password-reset" state={{ email }}>
        {t('signIn.forgot')}
      </Link>
    </p>
  );
}

function PasskeyButton({ busy, onPress }: { busy: boolean; onPress: () => void }) {
  const { t } = useTranslation();
  return canUsePasskeys() ? (
    <div className="pa-or">
      <p>{t('passkeys.or')}</p>
      <ActionButton kind="outline" busy={busy} onClick={onPress}>
        {t('passkeys.signIn')}
      </ActionButton>
    </div>
  ) : null;
}

function FirstLogin() {
  const { t } = useTranslation();
  return (
    <p className="pa-small">
      {t('signIn.wrongAccount')} <Link to="/first-login">{t('signIn.firstLogin')}</Link>
    </p>
  );
}
