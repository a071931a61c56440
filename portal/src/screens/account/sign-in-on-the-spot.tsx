import * as z from 'zod';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../../../contract/portal.ts';
import { usePortal } from '../../portal-context.tsx';
import { useSignIn } from '../../sign-in-context.tsx';
import { ActionButton, Actions } from '../../ui/buttons.tsx';
import { CallDenied } from '../../ui/call-screen.tsx';
import { PasswordField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { askForPasskey, canUsePasskeys } from '../../ui/passkeys.ts';
import { Screen } from '../../ui/screen.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useFaults } from '../../ui/use-faults.ts';
import { useFormOf } from '../../ui/use-form-of.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { Challenge } from '../challenge.tsx';

/** A new sign-in of the person who is signed in, as a step of a page. */
export function SignInOnTheSpot({ me, onEnd }: { me: Me; onEnd: (passed: boolean) => void }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const { state, leave } = useSignIn();
  const [isDenied, setDenied] = useState(false);
  const isPassed = state?.kind === 'SIGNED_IN';
  useEffect(() => {
    if (isPassed) onEnd(true);
  }, [isPassed]);
  // Whoever goes to another page leaves a sign-in that a reload must not resume.
  useEffect(() => () => client.abandonSignIn(), [client]);
  const cancel = (): void => {
    leave();
    onEnd(false);
  };
  const deny = (): void => {
    setDenied(true);
    leave();
  };
  if (isPassed) return null;
  if (isDenied) return <CallDenied />;
  return (
    <>
      {state?.kind === 'CHALLENGE' ? (
        <Challenge state={state} onDenied={deny} />
      ) : (
        <Begin me={me} />
      )}
      <div className="pa-under">
        <p className="pa-small pa-cancel">
          <ActionButton kind="plain" onClick={cancel}>
            {t('actions.cancel')}
          </ActionButton>
        </p>
      </div>
    </>
  );
}

const Password = z.object({ password: z.string().min(1) });

function Begin({ me: { email, method } }: { me: Me }) {
  const { t } = useTranslation();
  const { state, busy, begin } = useSignIn();
  const passkey = useOwnPasskey(email, method);
  const ended = state?.kind === 'ENDED' ? state.refusal : undefined;
  const isBusy = busy || passkey.busy;
  const form = useFormOf(Password, { password: '' });
  const faults = useFaults(form, passkey.refusal ?? (isBusy ? undefined : ended), {
    password: t('faults.passwordMissing'),
  });
  const send = form.handleSubmit(async ({ password }) => {
    passkey.dismiss();
    const next = await begin({ email, loginMethod: method }, (signIn) =>
      signIn.withPassword(password),
    );
    if (next.kind !== 'ENDED' || next.refusal.code !== 'UNREACHABLE') form.resetField('password');
  });
  return (
    <Screen title={t('account.fresh.title')} lead={t('account.fresh.lead')}>
      <Notice faults={faults} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <p className="pa-destination">{email}</p>
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          field={form.register('password')}
          label={t('fields.password')}
          autoComplete="current-password"
          fault={faults.of('password')}
        />
        <Actions>
          <ActionButton type="submit" busy={isBusy}>
            {t('account.fresh.continue')}
          </ActionButton>
          {passkey.isOffered ? (
            <ActionButton kind="outline" busy={isBusy} onClick={() => void passkey.use()}>
              {t('passkeys.instead')}
            </ActionButton>
          ) : null}
        </Actions>
      </form>
    </Screen>
  );
}

/** A passkey of this account: one of another account is refused. */
function useOwnPasskey(email: string, loginMethod: Me['method']) {
  const { client } = usePortal();
  const { begin } = useSignIn();
  const action = useAction();
  const own = useLoaded(() => client.signedIn.passkeys.list(), []);
  const use = async (): Promise<void> => {
    const passkey = await action.run(async () => {
      const request = await client.passkeyRequest();
      return request.ok ? await askForPasskey(request.value) : request;
    });
    if (passkey !== undefined)
      await begin({ email, loginMethod }, (signIn) => signIn.withPasskey(passkey));
  };
  const hasSome = (own.value?.passkeys.length ?? 0) > 0;
  return { ...action, isOffered: hasSome && canUsePasskeys(), use };
}
