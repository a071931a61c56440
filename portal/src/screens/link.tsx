import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { OpaqueToken } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useAction } from '../ui/use-action.ts';

/** `/register#<linkToken>` opens the registration of a mailed link. */
export function Component() {
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  const navigate = useNavigate();
  const action = useAction();
  const token = useRef(OpaqueToken.safeParse(window.location.hash.slice(1)).data);
  const open = async (linkToken: string): Promise<void> => {
    const opened = await action.run(() => registration.openByLink(linkToken));
    if (opened !== undefined) void navigate('/registration', { replace: true });
  };
  useEffect(() => {
    // The token is secret, so it is removed from the address bar and the history before it is used.
    window.history.replaceState(window.history.state, '', window.location.pathname);
    if (token.current !== undefined) void open(token.current);
    else if (registration.isOpen) void navigate('/registration', { replace: true });
  }, []);
  const { current } = token;
  if (current === undefined)
    return <Unusable title={t('link.noneTitle')} lead={t('link.noneLead')} />;
  if (action.refusal?.code === 'LINK_INVALID')
    return <Unusable title={t('link.title')} lead={t('link.lead')} />;
  if (action.refusal?.code === 'ALREADY_REGISTERED')
    return (
      <Screen title={t('link.already')} lead={t('link.alreadyLead')}>
        <Actions>
          <ButtonLink to="/">{t('actions.toLogin')}</ButtonLink>
        </Actions>
      </Screen>
    );
  return (
    <Screen title={t('link.opening')}>
      <Notice refusal={action.refusal} />
      {action.refusal === undefined ? (
        <p role="status">{t('states.loading')}</p>
      ) : (
        <Actions>
          <ActionButton busy={action.busy} onClick={() => void open(current)}>
            {t('actions.tryAgain')}
          </ActionButton>
        </Actions>
      )}
    </Screen>
  );
}

function Unusable({ title, lead }: { title: string; lead: string }) {
  const { t } = useTranslation();
  return (
    <Screen title={title} lead={lead}>
      <Actions>
        <ButtonLink to="/registration-error">{t('incomplete.sendLink')}</ButtonLink>
        <ButtonLink to="/first-login" kind="outline">
          {t('incomplete.portalLogin')}
        </ButtonLink>
      </Actions>
      <p className="pa-small pa-others">
        <ButtonLink to="/help" kind="plain">
          {t('footer.help')}
        </ButtonLink>
        <ButtonLink to="/" kind="plain">
          {t('actions.toLogin')}
        </ButtonLink>
      </p>
    </Screen>
  );
}
