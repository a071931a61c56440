/** The real collaborators of the employees' token gate, made once per process. */
import { clientIdFrom } from '../../ground/platform/client-id.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import type { Admission } from './workforce-gate.rules.ts';

export interface WorkforceGateDeps {
  clientId: () => Promise<string>;
  admission: Omit<Admission, 'clientId'>;
}

export function wireWorkforceGate(): WorkforceGateDeps {
  const { workforceClientIdParameter, settings } = ENVIRONMENT;
  const names = readEnvironment({ workforceClientIdParameter, settings });
  const { workforceEmailDomains, workforce } = parseSettings(names.settings);
  if (workforce === undefined)
    throw new Error('The settings have no workforce: deploy the stack again.');
  return {
    clientId: clientIdFrom(names.workforceClientIdParameter),
    admission: {
      workforceEmailDomains,
      helpDeskGroup: workforce.helpDeskGroup,
    },
  };
}
