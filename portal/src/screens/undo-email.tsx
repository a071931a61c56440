import '../zod-without-jit.ts';
import '../i18n/account-texts.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Support } from '../ui/support.tsx';
import { useAction } from '../ui/use-action.ts';
import { useLinkToken } from '../ui/use-link-token.ts';

/**
 * `/undo-email#<token>` undoes a change of the address. Only a click does it, so that what merely
 * looks at links in mail changes nothing.
 */
export function Component() {
  const { at, token } = useLinkToken();
  return <Undo key={at} token={token} />;
}

function Undo({ token }: { token: string | undefined }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const action = useAction();
  const [isUndone, setUndone] = useState(false);
  // A press whose answer was lost may be repeated.
  const [attempt] = useState(() => crypto.randomUUID());
  const undo = async (linkToken: string): Promise<void> => {
    const undone = await action.run(() => client.undoEmailChange(linkToken, attempt));
    if (undone !== undefined) setUndone(true);
  };
  if (isUndone) return <Undone />;
  if (token === undefined)
    return <Unusable title={t('undoEmail.noneTitle')} lead={t('undoEmail.noneLead')} />;
  if (action.refusal?.code === 'LINK_INVALID')
    return <Unusable title={t('undoEmail.invalidTitle')} lead={t('undoEmail.invalidLead')} />;
  return (
    <Screen title={t('undoEmail.title')} lead={t('undoEmail.lead')}>
      <Notice refusal={action.refusal} />
      <Actions>
        <ActionButton kind="danger" busy={action.busy} onClick={() => void undo(token)}>
          {t('undoEmail.undo')}
        </ActionButton>
      </Actions>
      <p className="pa-small">{t('undoEmail.keep')}</p>
      <Support />
    </Screen>
  );
}

function Undone() {
  const { t } = useTranslation();
  return (
    <Screen title={t('undoEmail.doneTitle')} lead={t('undoEmail.doneLead')}>
      <Actions>
        <ButtonLink to="/password-reset">{t('help.resetPassword')}</ButtonLink>
        <ButtonLink to="/" kind="outline">
          {t('actions.toLogin')}
        </ButtonLink>
      </Actions>
      <Support />
    </Screen>
  );
}

function Unusable({ title, lead }: { title: string; lead: string }) {
  const { t } = useTranslation();
  return (
    <Screen title={title} lead={lead}>
      <Actions>
        <ButtonLink to="/">{t('actions.toLogin')}</ButtonLink>
        <ButtonLink to="/help" kind="outline">
          {t('footer.help')}
        </ButtonLink>
      </Actions>
      <Support />
    </Screen>
  );
}
