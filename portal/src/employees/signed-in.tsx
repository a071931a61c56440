import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInFailure } from '@portal-auth/client/employees';
import { Actions, ButtonLink } from '../ui/buttons.tsx';
import { Layout } from '../ui/layout.tsx';
import { Screen } from '../ui/screen.tsx';
import { Support } from '../ui/support.tsx';
import { useNavigateWhileHere } from '../ui/use-while-here.ts';
import { useEmployees } from './employees-context.tsx';
import { EndProviderSession } from './end-provider-session.tsx';

/** Where the browser returns to from the identity provider, with a code or an error. */
export function Component() {
  const { t } = useTranslation();
  const { session } = useEmployees();
  const navigate = useNavigateWhileHere();
  const [failure, setFailure] = useState<SignInFailure>();
  const address = useRef(window.location.href);
  const goOn = (to = '/employees'): void => navigate(to, { replace: true });
  const comeBack = async (): Promise<void> => {
    const outcome = await session.comeBack(address.current);
    if ('employee' in outcome) return goOn(outcome.employee.isHelpDesk ? outcome.to : undefined);
    // A page that is loaded once more, or Back, while the sign-in was completed long ago.
    if (outcome.failure === 'EXPIRED' && session.employee() !== undefined) return goOn();
    setFailure(outcome.failure);
  };
  useEffect(() => {
    // Code and state leave the address bar and the history before they are used.
    window.history.replaceState(window.history.state, '', window.location.pathname);
    void comeBack();
  }, []);
  return (
    <Layout>
      {failure === undefined ? (
        <Screen title={t('states.signingIn')} />
      ) : (
        <Failed failure={failure} />
      )}
    </Layout>
  );
}

/** Why the employee has no session, and how to continue. */
function Failed({ failure }: { failure: SignInFailure }) {
  const { t } = useTranslation();
  const again = failure === 'NOT_ADMITTED';
  return (
    <Screen title={t(`employees.failedTitle.${failure}`)} lead={t(`employees.failed.${failure}`)}>
      <Actions>
        <ButtonLink to="/employees/sign-in" state={{ again }}>
          {t(again ? 'employees.otherAccount' : 'actions.signInAgain')}
        </ButtonLink>
        {again ? <EndProviderSession /> : null}
        <ButtonLink to="/" kind="outline">
          {t('actions.toLogin')}
        </ButtonLink>
      </Actions>
      <Support />
    </Screen>
  );
}
