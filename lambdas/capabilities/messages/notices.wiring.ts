import { AccountsStore } from '../accounts/accounts.store.ts';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { commit } from '../../ground/platform/dynamo.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { MarksStore } from '../../ground/platform/marks.store.ts';
import { SesEmailSender } from './email.sender.ts';
import type { NoticeCollaborators } from './notices.ts';
import { SnsTextSender } from './text.sender.ts';

export function wireNotices(): NoticeCollaborators {
  const { accountsTable, flowsTable, emailConfigurationSet, settings } = ENVIRONMENT;
  const names = readEnvironment({ accountsTable, flowsTable, emailConfigurationSet, settings });
  const portal = parseSettings(names.settings);
  const client = documentClient();
  return {
    accounts: new AccountsStore(client, names.accountsTable),
    marks: new MarksStore(client, names.flowsTable),
    email: new SesEmailSender(portal, names.emailConfigurationSet),
    text: new SnsTextSender(portal.sms.originationNumber),
    commit: (writes) => commit(client, writes),
    portalName: portal.portalName,
    now: Date.now,
  };
}
