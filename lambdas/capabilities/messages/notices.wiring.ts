import { setTimeout as sleep } from 'node:timers/promises';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import { MarksStore } from '../../ground/platform/marks.store.ts';
import { AccountsStore } from '../accounts/accounts.store.ts';
import { UserPool } from '../accounts/user-pool.client.ts';
import { emailSender, textSender } from './messages.wiring.ts';
import { UndoLinksStore } from './undo-links.store.ts';
import type { NoticeDeps } from './notices.ts';

export function wireNotices(): NoticeDeps {
  const { accountsTable, flowsTable, settings, userPoolId } = ENVIRONMENT;
  const names = readEnvironment({
    accountsTable,
    flowsTable,
    settings,
    userPoolId,
  });
  const portal = parseSettings(names.settings);
  const database = dynamoDatabase();
  return {
    accounts: new AccountsStore(database, names.accountsTable),
    marks: new MarksStore(database, names.flowsTable),
    pool: new UserPool(names.userPoolId),
    email: emailSender(portal),
    text: textSender(portal),
    commit: (writes) => database.commit(writes),
    undoLinks: new UndoLinksStore(database, names.flowsTable),
    portalName: portal.portalName,
    portalOrigin: portal.portalOrigins[0] ?? '',
    log,
    now: Date.now,
    sleep: async (ms) => void (await sleep(ms)),
  };
}
