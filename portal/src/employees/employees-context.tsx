import { createContext, use, useState, type ReactNode } from 'react';
import { createEmployeeClient, type EmployeeClient } from '@portal-auth/client/employees';
import type { EmployeesConfig } from '../../../contract/portal-config.ts';
import { EMPLOYEE_PATHS } from '../../../contract/portal-paths.ts';
import { usePortal } from '../portal-context.tsx';
import { Audience } from '../ui/audience.ts';

/** The employees' own client. It knows nothing of the session of a provider's user. */
export interface Employees extends EmployeeClient {
  config: EmployeesConfig;
}

const EmployeesContext = createContext<Employees | undefined>(undefined);

const DESK = {
  words: { context: 'DESK' },
  login: { to: '/employees/sign-in', text: 'actions.signInAgain' },
} as const;

export function EmployeesProvider({
  config,
  children,
}: {
  config: EmployeesConfig;
  children: ReactNode;
}) {
  const { apiUrl } = usePortal().config;
  const [employees] = useState(() => {
    const { domain, clientId, issuer, scopes, provider } = config;
    const { origin } = window.location;
    const client = createEmployeeClient({
      apiUrl,
      domain,
      clientId,
      issuer,
      scopes,
      provider,
      redirectUri: `${origin}${EMPLOYEE_PATHS.signedIn}`,
      signedOutUri: `${origin}${EMPLOYEE_PATHS.signedOut}`,
    });
    return { ...client, config };
  });
  return (
    <EmployeesContext value={employees}>
      <Audience value={DESK}>{children}</Audience>
    </EmployeesContext>
  );
}

export function useEmployees(): Employees {
  const employees = use(EmployeesContext);
  if (employees === undefined)
    throw new Error('useEmployees must be used inside EmployeesProvider.');
  return employees;
}
