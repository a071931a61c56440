import '../../i18n/account-texts.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useOutletContext } from 'react-router';
import type { Me } from '../../../../contract/portal.ts';
import { usePortal } from '../../portal-context.tsx';
import { ActionButton, Actions } from '../../ui/buttons.tsx';
import { dateAndTime } from '../../ui/dates.ts';
import { Message, Notice } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import { BackToAccount } from './back-to-account.tsx';
import { useChange } from './fresh-factor.tsx';

interface Made {
  codes: string[];
  /** ISO 8601. */
  at: string;
}

/** How many recovery codes are left, and ten new ones, which are shown once. */
export function Component() {
  const { client } = usePortal();
  const change = useChange();
  const [made, setMade] = useState<Made>();
  const make = async (): Promise<void> => {
    const issued = await change.run(() => client.signedIn.recoveryCodes.issue());
    if (issued !== undefined)
      setMade({ ...issued, at: new Date(client.clock.now()).toISOString() });
  };
  return made === undefined ? (
    <Count busy={change.busy} refusal={change.refusal} onMake={() => void make()} />
  ) : (
    <Codes made={made} />
  );
}

function Count({
  busy,
  refusal,
  onMake,
}: {
  busy: boolean;
  refusal: Parameters<typeof Notice>[0]['refusal'];
  onMake: () => void;
}) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const left = useLoaded(() => client.signedIn.recoveryCodes.count(), []);
  const count = left.value?.unused;
  return (
    <Screen title={t('account.codes.title')} lead={t('account.codes.lead')}>
      <BackToAccount />
      <Notice refusal={refusal ?? left.refusal} />
      {count === undefined ? null : <p>{t('account.codes.left', { count })}</p>}
      <Actions>
        <ActionButton busy={busy} onClick={onMake}>
          {t(count === 0 ? 'account.codes.make' : 'account.codes.again')}
        </ActionButton>
      </Actions>
      {count === 0 ? null : <p className="pa-small">{t('account.codes.againText')}</p>}
    </Screen>
  );
}

function Codes({ made: { codes, at } }: { made: Made }) {
  const { t } = useTranslation();
  const { config } = usePortal();
  const { email } = useOutletContext<Me>();
  const navigate = useNavigate();
  const [copied, setCopied] = useState<boolean>();
  const copy = async (): Promise<void> => {
    setCopied(undefined);
    setCopied(await isCopied(codes.join('\n')));
  };
  return (
    <Screen title={t('account.codes.shownTitle')} lead={t('account.codes.shownOnce')}>
      {copied === true ? <Message type="success">{t('account.codes.copied')}</Message> : null}
      {copied === false ? <Message type="warning">{t('account.codes.notCopied')}</Message> : null}
      <p className="pa-print-only">
        {t('account.codes.printed', {
          portalName: config.portalName,
          email,
          time: dateAndTime(at),
        })}
      </p>
      <ol className="pa-codes" aria-label={t('account.codes.list')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Actions>
        <ActionButton kind="outline" onClick={() => void copy()}>
          {t('account.codes.copy')}
        </ActionButton>
        <ActionButton kind="outline" onClick={() => window.print()}>
          {t('account.codes.print')}
        </ActionButton>
        <ActionButton onClick={() => void navigate('/account')}>
          {t('account.codes.done')}
        </ActionButton>
      </Actions>
    </Screen>
  );
}

async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
