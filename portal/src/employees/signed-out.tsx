import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Layout } from '../ui/layout.tsx';
import { Message, Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useAction } from '../ui/use-action.ts';
import { useEmployees } from './employees-context.tsx';
import { EndProviderSession } from './end-provider-session.tsx';

/** How the session ended, where it was not by signing out to the end. */
export interface SignedOutState {
  /** Its time was over. */
  ended?: boolean;
  /** The user pool could not be reached: a session of this browser may be left there. */
  unfinished?: boolean;
}

/** After signing out here and at the user pool. The provider's own session is another one. */
export function Component() {
  const { t } = useTranslation();
  const { ended = false, unfinished = false } = (useLocation().state ?? {}) as SignedOutState;
  return (
    <Layout>
      <Screen
        title={t(ended ? 'signedOut.endedTitle' : 'signedOut.title')}
        lead={ended ? t('employees.endedLead') : undefined}
      >
        {unfinished ? <Unfinished /> : null}
        {ended ? null : <p>{t('employees.providerSession')}</p>}
        <Actions>
          <ButtonLink to="/employees/sign-in">{t('actions.signInAgain')}</ButtonLink>
          {ended ? null : <EndProviderSession />}
          <ButtonLink to="/" kind="outline">
            {t('actions.toLogin')}
          </ButtonLink>
        </Actions>
      </Screen>
    </Layout>
  );
}

function Unfinished() {
  const { t } = useTranslation();
  const { session } = useEmployees();
  const action = useAction();
  return (
    <>
      <Message type="warning">{t('employees.unfinished')}</Message>
      <Notice refusal={action.refusal} />
      <Actions>
        <ActionButton busy={action.busy} onClick={() => void action.run(() => session.signOut())}>
          {t('actions.tryAgain')}
        </ActionButton>
      </Actions>
    </>
  );
}
