import '../zod-without-jit.ts';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Facts } from '../ui/facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Support } from '../ui/support.tsx';
import { useAction } from '../ui/use-action.ts';
import { useLinkToken } from '../ui/use-link-token.ts';
import { useNavigateWhileHere, useWhileHere } from '../ui/use-while-here.ts';

interface LinkDetails {
  username: string;
  maskedEmail: string;
}

/**
 * `/register#<linkToken>` shows whose registration the link opens. Only Continue opens it, so that
 * what merely looks at links spends none; the browser that opened it before goes on where it was.
 */
export function Component() {
  const { at, token } = useLinkToken();
  return <RegistrationLink key={at} token={token} />;
}

function RegistrationLink({ token }: { token: string | undefined }) {
  const { t } = useTranslation();
  const {
    client: { registration },
  } = usePortal();
  const navigate = useNavigateWhileHere();
  const here = useWhileHere();
  const action = useAction();
  const [details, setDetails] = useState<LinkDetails>();
  const goOn = (): void => navigate('/registration', { replace: true });
  const look = async (linkToken: string): Promise<void> => {
    const { current: signal } = here;
    if (await registration.resumeByLink(linkToken, signal)) return goOn();
    if (signal.aborted) return;
    setDetails(await action.run(() => registration.showLink(linkToken)));
  };
  const open = async (linkToken: string): Promise<void> => {
    const { current: signal } = here;
    const opened = await action.run(() => registration.openByLink(linkToken, signal));
    if (opened !== undefined) goOn();
  };
  useEffect(() => {
    if (token !== undefined) void look(token);
    else if (registration.isOpen) goOn();
  }, []);
  if (token === undefined)
    return <Unusable title={t('link.noneTitle')} lead={t('link.noneLead')} />;
  if (action.refusal?.code === 'LINK_INVALID')
    return <Unusable title={t('link.title')} lead={t('link.lead')} />;
  if (details !== undefined)
    return (
      <Screen title={t('link.whose')} lead={t('link.whoseLead')}>
        <Notice refusal={action.refusal} />
        <WhoseLink details={details} />
        <Actions>
          <ActionButton busy={action.busy} onClick={() => void open(token)}>
            {t('actions.continue')}
          </ActionButton>
        </Actions>
        <p className="pa-small">{t('link.notYours')}</p>
        <Support />
      </Screen>
    );
  return (
    <Screen title={t('link.opening')}>
      <Notice refusal={action.refusal} />
      {action.refusal === undefined ? (
        <p role="status">{t('states.loading')}</p>
      ) : (
        <Actions>
          <ActionButton busy={action.busy} onClick={() => void look(token)}>
            {t('actions.tryAgain')}
          </ActionButton>
        </Actions>
      )}
    </Screen>
  );
}

function WhoseLink({ details: { username, maskedEmail } }: { details: LinkDetails }) {
  const { t } = useTranslation();
  return (
    <Facts
      rows={[
        [t('fields.username'), username],
        [t('link.mailedTo'), maskedEmail],
      ]}
    />
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
      <Support />
    </Screen>
  );
}
