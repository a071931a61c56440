import { useNavigate } from 'react-router';
import { useEmployees } from './employees-context.tsx';
import type { SignedOutState } from './signed-out.tsx';

/** Signs out here and at the user pool, which leads to the page of signed-out employees. */
export function useSignOut(): () => Promise<void> {
  const { session } = useEmployees();
  const navigate = useNavigate();
  return async () => {
    const left = await session.signOut();
    if (left.ok) return;
    const state: SignedOutState = { unfinished: true };
    void navigate('/employees/signed-out', { replace: true, state });
  };
}
