import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useEmployees } from './employees-context.tsx';
import type { SignedOutState } from './signed-out.tsx';

/** Leaves the page at once when the employee's session ends in another tab, and here with it. */
export function useOtherTabs(): void {
  const { session } = useEmployees();
  const navigate = useNavigate();
  useEffect(
    () =>
      session.followOtherTabs((ending) => {
        const state: SignedOutState = { ended: ending === 'ENDED' };
        void navigate('/employees/signed-out', { replace: true, state });
      }),
    [session, navigate],
  );
}
