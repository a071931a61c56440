/**
 * Who calls with an employee's access token. API Gateway has verified the token of the employees'
 * own pool; the token gate of that pool wrote the claims.
 */

export interface Employee {
  /** The identity provider's own identifier of the employee. */
  employeeId: string;
  name: string;
}

/** The help desk's employee, or why the caller is not one. */
export function employeeOf(
  claims: Record<string, string>,
  clientId: string,
): { employee: Employee } | { refused: 'TOKEN_INVALID' | 'FORBIDDEN' } {
  const { token_use: use, client_id: client, employee_id: employeeId = '' } = claims;
  if (use !== 'access' || client !== clientId || employeeId === '')
    return { refused: 'TOKEN_INVALID' };
  if (claims.help_desk !== 'true') return { refused: 'FORBIDDEN' };
  return {
    employee: {
      employeeId,
      name: claims.employee_name ?? employeeId,
    },
  };
}
