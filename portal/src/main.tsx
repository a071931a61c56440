import '@uswds/uswds/css/uswds.min.css';
import './portal.css';
import './dark.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { createAuthClient } from '@portal-auth/client';
import { i18n, startI18n } from './i18n/index.ts';
import { loadConfig } from './portal-config.ts';
import { PortalProvider } from './portal-context.tsx';
import { createRouter } from './routes.tsx';

async function start(): Promise<void> {
  const config = await loadConfig();
  await startI18n(config);
  const element = document.getElementById('portal');
  if (element === null) throw new Error('index.html has no element "portal".');
  const client = createAuthClient({ ...config, language: () => i18n.language });
  createRoot(element).render(
    <StrictMode>
      <PortalProvider portal={{ config, client }}>
        <RouterProvider router={createRouter()} />
      </PortalProvider>
    </StrictMode>,
  );
}

start().catch((error: unknown) => {
  console.error(error);
  document.body.textContent =
    'The portal cannot be loaded right now. Please check your connection and load the page again.';
});
