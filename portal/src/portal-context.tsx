import { createContext, use, type ReactNode } from 'react';
import type { AuthClient } from '@portal-auth/client';
import type { PortalConfig } from '../../contract/portal-config.ts';

export interface Portal {
  config: PortalConfig;
  client: AuthClient;
}

const PortalContext = createContext<Portal | undefined>(undefined);

export function PortalProvider({ portal, children }: { portal: Portal; children: ReactNode }) {
  return <PortalContext value={portal}>{children}</PortalContext>;
}

export function usePortal(): Portal {
  const portal = use(PortalContext);
  if (portal === undefined) throw new Error('usePortal must be used inside PortalProvider.');
  return portal;
}
