import '../../i18n/account-texts.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useOutletContext } from 'react-router';
import type { Result } from '@portal-auth/client';
import type { Me } from '../../../../contract/portal.ts';
import { type Language, LANGUAGE_NAMES } from '../../i18n/index.ts';
import { usePortal } from '../../portal-context.tsx';
import { dateAndTime } from '../../ui/dates.ts';
import { Message } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';

/** What a page that changed something leaves for the overview to report. */
export interface Changed {
  changed: 'EMAIL' | 'PHONE' | 'NO_PHONE' | 'PASSWORD' | 'LANGUAGE';
}

/** How the person signs in, and the way to each change. */
export function Component() {
  const { t, i18n } = useTranslation();
  const me = useOutletContext<Me>();
  const language = me.language ?? (i18n.language as Language);
  const rows: Row[] = [
    { to: 'email', what: 'email', value: me.email, action: 'change' },
    {
      to: 'phone',
      what: 'phone',
      value: me.maskedPhone ?? t('account.noPhone'),
      action: me.maskedPhone === undefined ? 'add' : 'change',
    },
    {
      to: 'language',
      what: 'language',
      action: 'change',
      value: <span lang={language}>{LANGUAGE_NAMES[language]}</span>,
    },
    { to: 'password', what: 'password', value: t('account.passwordSet'), action: 'change' },
    { to: 'passkeys', what: 'passkeys', value: <Passkeys />, action: 'manage' },
    { to: 'recovery-codes', what: 'recoveryCodes', value: <Codes />, action: 'manage' },
    { to: 'devices', what: 'devices', value: <Devices />, action: 'manage' },
    {
      to: 'activity',
      what: 'activity',
      action: 'view',
      value:
        me.lastSignInAt === undefined
          ? ''
          : t('account.signedInAt', { time: dateAndTime(me.lastSignInAt) }),
    },
  ];
  return (
    <Screen title={t('account.title')} lead={t('account.lead')} wide>
      <Report me={me} />
      <dl className="pa-summary-list">
        <div>
          <dt>{t('account.rows.method')}</dt>
          <dd>{t(`methods.${me.method}`)}</dd>
        </div>
        {rows.map((row) => (
          <SummaryRow key={row.to} row={row} />
        ))}
      </dl>
    </Screen>
  );
}

interface Row {
  to: string;
  what:
    | 'email'
    | 'phone'
    | 'language'
    | 'password'
    | 'passkeys'
    | 'recoveryCodes'
    | 'devices'
    | 'activity';
  value: ReactNode;
  action: 'change' | 'add' | 'manage' | 'view';
}

function SummaryRow({ row: { to, what, value, action } }: { row: Row }) {
  const { t } = useTranslation();
  const name = t(`account.rows.${what}`);
  const act = t(`account.${action}`);
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className="pa-summary-list__action">
        <Link to={`/account/${to}`} aria-label={`${act}: ${name}`}>
          {act}
        </Link>
      </dd>
    </div>
  );
}

function Report({ me: { email, maskedPhone = '' } }: { me: Me }) {
  const { t } = useTranslation();
  const { changed } = (useLocation().state ?? {}) as Partial<Changed>;
  const words = {
    EMAIL: () => t('account.emailChanged', { email }),
    PHONE: () => t('account.phoneChanged', { phone: maskedPhone }),
    NO_PHONE: () => t('account.phoneRemoved'),
    PASSWORD: () => t('account.passwordChanged'),
    LANGUAGE: () => t('account.languageChanged'),
  };
  return changed === undefined ? null : <Message type="success">{words[changed]()}</Message>;
}

function Passkeys() {
  const { t } = useTranslation();
  const { client } = usePortal();
  return (
    <Counted
      load={async () => counted(await client.signedIn.passkeys.list(), (a) => a.passkeys.length)}
      words={(count) => t('account.passkeyCount', { count })}
    />
  );
}

function Codes() {
  const { t } = useTranslation();
  const { client } = usePortal();
  return (
    <Counted
      load={async () => counted(await client.signedIn.recoveryCodes.count(), (a) => a.unused)}
      words={(count) => t('account.codeCount', { count })}
    />
  );
}

function Devices() {
  const { t } = useTranslation();
  const { client } = usePortal();
  return (
    <Counted
      load={async () => counted(await client.signedIn.rememberedDevices(), (a) => a.length)}
      words={(count) => t('account.deviceCount', { count })}
    />
  );
}

function counted<T>(result: Result<T>, count: (answer: T) => number): Result<number> {
  return result.ok ? { ok: true, value: count(result.value) } : result;
}

/** A number that is loaded. Without it the row still leads to its page. */
function Counted({
  load,
  words,
}: {
  load: () => Promise<Result<number>>;
  words: (count: number) => string;
}) {
  const { t } = useTranslation();
  const loaded = useLoaded(load, []);
  if (loaded.value !== undefined) return words(loaded.value);
  return loaded.refusal === undefined ? t('states.loading') : t('account.unknown');
}
