import type { Sought } from '@portal-auth/client/employees';

/** What callers say of themselves. */
export const KINDS = ['username', 'email', 'phone', 'npi'] as const;

export interface Search {
  kind: (typeof KINDS)[number];
  value: string;
}

/** The search as the route takes it: one of four members. */
export function soughtBy({ kind, value }: Search): Sought {
  switch (kind) {
    case 'username':
      return { username: value };
    case 'email':
      return { email: value };
    case 'phone':
      return { phone: value };
    case 'npi':
      return { npi: value.replaceAll(/[\s.-]/g, '') };
  }
}
