import '../../i18n/account-texts.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useOutletContext } from 'react-router';
import type { Me } from '../../../../contract/portal.ts';
import { usePortal } from '../../portal-context.tsx';
import { useSignIn } from '../../sign-in-context.tsx';
import { NewPasswordForm } from '../../ui/new-password-form.tsx';
import { Screen } from '../../ui/screen.tsx';
import { BackToAccount } from './back-to-account.tsx';
import { useChange } from './fresh-factor.tsx';
import type { Changed } from './overview.tsx';

/** Changes the password. The ticket of the answer signs this browser in again. */
export function Component() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const me = useOutletContext<Me>();
  const change = useChange();
  const { busy, enter } = useTicket(me);
  // The same passwords again are a repeat, after an answer that was lost.
  const [attempt] = useState(() => crypto.randomUUID());
  const save = async (password: string, current: string): Promise<void> => {
    const changed = await change.run(() =>
      client.signedIn.changePassword(current, password, attempt),
    );
    if (changed !== undefined) await enter(changed.ticket);
  };
  return (
    <Screen title={t('account.password.title')} lead={t('account.password.lead')}>
      <BackToAccount />
      <NewPasswordForm
        asksCurrent
        action={t('account.password.save')}
        names={[me.email, me.username, me.firstName, me.lastName]}
        username={me.email}
        refusal={change.refusal}
        busy={change.busy || busy}
        onPassword={(password, current) => void save(password, current)}
      />
    </Screen>
  );
}

/** The former session has ended: without a new one the person signs in with the new password. */
function useTicket({ email, method: loginMethod }: Me) {
  const { client } = usePortal();
  const signIn = useSignIn();
  const navigate = useNavigate();
  const enter = async (ticket: string): Promise<void> => {
    await client.forgetThisDevice();
    const state = await signIn.begin({ email, loginMethod, remember: false }, (opened) =>
      opened.withTicket(ticket),
    );
    if (state.kind === 'SIGNED_IN')
      return void navigate('/account', { state: { changed: 'PASSWORD' } satisfies Changed });
    client.session.clear();
    void navigate(
      state.kind === 'CHALLENGE' ? '/sign-in/verify' : `/sign-in/${loginMethod.toLowerCase()}`,
    );
  };
  return { busy: signIn.busy, enter };
}
