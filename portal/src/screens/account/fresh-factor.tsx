import '../../i18n/account-texts.ts';
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Outlet, useLocation, useOutletContext } from 'react-router';
import type { Result } from '@portal-auth/client';
import type { Me } from '../../../../contract/portal.ts';
import { SignInProvider } from '../../sign-in-context.tsx';
import { useAction, type Action } from '../../ui/use-action.ts';
import { SignInOnTheSpot } from './sign-in-on-the-spot.tsx';

/** Asks for a new factor. It resolves to false if the person gave up. */
type AskForFactor = () => Promise<boolean>;

const FreshFactorContext = createContext<AskForFactor | undefined>(undefined);

/**
 * The layout of the pages of one's own account. Where a change needs a factor of the last ten
 * minutes, it shows a sign-in in place of the page, which stays as it is and goes on after it.
 */
export function Component() {
  const me = useOutletContext<Me>();
  const { pathname } = useLocation();
  const [asking, setAsking] = useState<{ settle: (passed: boolean) => void }>();
  const page = useRef<HTMLDivElement>(null);
  const ask = useCallback<AskForFactor>(() => new Promise((settle) => setAsking({ settle })), []);
  const end = (passed: boolean): void => {
    asking?.settle(passed);
    setAsking(undefined);
  };
  const isAsking = asking !== undefined;
  // Whoever goes to another page has given up.
  useEffect(() => {
    if (isAsking) end(false);
  }, [pathname]);
  useFocusBack(isAsking, page);
  return (
    <FreshFactorContext value={ask}>
      {isAsking ? (
        <SignInProvider isStep>
          <SignInOnTheSpot me={me} onEnd={end} />
        </SignInProvider>
      ) : null}
      <div ref={page} hidden={isAsking}>
        <Outlet context={me} />
      </div>
    </FreshFactorContext>
  );
}

/** Puts the focus on the heading of the page that comes back. */
function useFocusBack(isAsking: boolean, page: React.RefObject<HTMLDivElement | null>): void {
  const wasAsking = useRef(false);
  useLayoutEffect(() => {
    if (wasAsking.current && !isAsking) page.current?.querySelector('h1')?.focus();
    wasAsking.current = isAsking;
  }, [isAsking, page]);
}

/** An action that asks for a new factor where it needs one, and then does its work again. */
export function useChange(): Action {
  const action = useAction();
  const ask = use(FreshFactorContext);
  if (ask === undefined) throw new Error('useChange must be used inside the pages of the account.');
  const { run } = action;
  return {
    ...action,
    run: (work) => run(() => withFreshFactor(work, ask)),
  };
}

async function withFreshFactor<T>(
  work: () => Promise<Result<T>>,
  ask: AskForFactor,
): Promise<Result<T>> {
  const result = await work();
  const isTooOld = !result.ok && result.refusal.code === 'FACTOR_TOO_OLD';
  return isTooOld && (await ask()) ? await work() : result;
}
