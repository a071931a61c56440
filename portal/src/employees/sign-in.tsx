import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { Support } from '../ui/support.tsx';
import { useAction } from '../ui/use-action.ts';
import { useWhileHere } from '../ui/use-while-here.ts';
import { useEmployees } from './employees-context.tsx';

/** What the page that led here wishes. */
export interface SignInWishes {
  /** The page to show afterwards. */
  to?: string;
  /** Asks who it is, also in a browser that is still signed in at the provider. */
  again?: boolean;
}

/** Leaves for the identity provider. The page takes its own place in the history, so Back works. */
export function Component() {
  const { t } = useTranslation();
  const { session } = useEmployees();
  const wishes = (useLocation().state ?? {}) as SignInWishes;
  const action = useAction();
  const here = useWhileHere();
  const begin = () => action.run(() => session.begin({ ...wishes, signal: here.current }));
  const isSignedIn = session.employee() !== undefined && wishes.again !== true;
  useEffect(() => {
    if (!isSignedIn) void begin();
  }, []);
  if (isSignedIn) return <Navigate to="/employees" replace />;
  return (
    <Layout>
      {action.refusal === undefined ? (
        <Screen title={t('employees.leaving')}>
          <p role="status">{t('employees.leavingText')}</p>
        </Screen>
      ) : (
        <Screen title={t('employees.downTitle')}>
          <Notice refusal={action.refusal} />
          <Actions>
            <ActionButton busy={action.busy} onClick={() => void begin()}>
              {t('actions.tryAgain')}
            </ActionButton>
            <ButtonLink to="/" kind="outline">
              {t('actions.toLogin')}
            </ButtonLink>
          </Actions>
          <Support />
        </Screen>
      )}
    </Layout>
  );
}
