import '../../i18n/account-texts.ts';
import * as z from 'zod';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useOutletContext } from 'react-router';
import type { PendingChange } from '@portal-auth/client';
import { EmailAddress } from '../../../../contract/accounts.ts';
import type { Me } from '../../../../contract/portal.ts';
import { usePortal } from '../../portal-context.tsx';
import { ActionButton, Actions } from '../../ui/buttons.tsx';
import { CodeEntry } from '../../ui/code-entry.tsx';
import { Facts } from '../../ui/facts.tsx';
import { EmailField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useFaults } from '../../ui/use-faults.ts';
import { useFormOf } from '../../ui/use-form-of.ts';
import { useNavigateWhileHere } from '../../ui/use-while-here.ts';
import { BackToAccount } from './back-to-account.tsx';
import { useChange } from './fresh-factor.tsx';
import type { Changed } from './overview.tsx';

/** Changes the e-mail address: a code goes to the new one. A reload goes on at the code. */
export function Component() {
  const { client } = usePortal();
  const { emailChange } = client.signedIn;
  const navigate = useNavigateWhileHere();
  const change = useChange();
  const [pending, setPending] = useState(emailChange.pending);
  const [typed, setTyped] = useState('');
  const start = async (email: string): Promise<void> => {
    setTyped(email);
    const begun = await change.run(() => emailChange.start(email));
    if (begun?.code !== undefined) client.clock.sentJustNow(begun.code.resendAt);
    setPending(emailChange.pending);
  };
  const verify = async (code: string): Promise<void> => {
    const me = await change.run(() => emailChange.verify(code));
    if (me === undefined) setPending(emailChange.pending);
    else navigate('/account', { state: { changed: 'EMAIL' } satisfies Changed });
  };
  const giveUp = (): void => {
    emailChange.abandon();
    change.dismiss();
    setPending(undefined);
  };
  const { busy, refusal } = change;
  return pending?.code === undefined ? (
    <NewAddress
      typed={typed}
      busy={busy}
      refusal={refusal}
      onEmail={(email) => void start(email)}
    />
  ) : (
    <Verify
      pending={{ ...pending, code: pending.code }}
      busy={busy}
      refusal={refusal}
      onVerify={(code) => void verify(code)}
      onResend={() => void start(pending.destination)}
      onGiveUp={giveUp}
    />
  );
}

const EmailForm = z.object({ email: EmailAddress });

function NewAddress({
  typed,
  busy,
  refusal,
  onEmail,
}: {
  typed: string;
  busy: boolean;
  refusal: Parameters<typeof Notice>[0]['refusal'];
  onEmail: (email: string) => void;
}) {
  const { t } = useTranslation();
  const { email: present } = useOutletContext<Me>();
  const form = useFormOf(EmailForm, { email: typed });
  const faults = useFaults(form, refusal, { email: t('faults.email') });
  const send = form.handleSubmit(({ email }) => onEmail(email));
  return (
    <Screen title={t('account.email.title')} lead={t('account.email.lead')}>
      <BackToAccount />
      <Notice faults={faults} />
      <Facts rows={[[t('account.email.present'), present]]} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <EmailField
          field={form.register('email')}
          label={t('account.email.new')}
          autoComplete="email"
          fault={faults.of('email')}
        />
        <Actions>
          <ActionButton type="submit" busy={busy}>
            {t('actions.sendVerificationCode')}
          </ActionButton>
        </Actions>
      </form>
    </Screen>
  );
}

function Verify({
  pending: { code, destination },
  busy,
  refusal,
  onVerify,
  onResend,
  onGiveUp,
}: {
  pending: PendingChange & { code: NonNullable<PendingChange['code']> };
  busy: boolean;
  refusal: Parameters<typeof Notice>[0]['refusal'];
  onVerify: (code: string) => void;
  onResend: () => void;
  onGiveUp: () => void;
}) {
  const { t } = useTranslation();
  return (
    <CodeEntry
      factor="EMAIL"
      destination={destination}
      {...code}
      refusal={refusal}
      busy={busy}
      onVerify={onVerify}
      onResend={onResend}
    >
      <p className="pa-small pa-others">
        <ActionButton kind="plain" busy={busy} onClick={onGiveUp}>
          {t('account.email.another')}
        </ActionButton>
        <BackLink onGiveUp={onGiveUp} />
      </p>
    </CodeEntry>
  );
}

function BackLink({ onGiveUp }: { onGiveUp: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = (): void => {
    onGiveUp();
    void navigate('/account');
  };
  return (
    <ActionButton kind="plain" onClick={leave}>
      {t('account.email.stop')}
    </ActionButton>
  );
}
