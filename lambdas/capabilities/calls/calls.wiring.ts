/** What places, follows and shows calls. */
import type { Database } from '../../ground/platform/database.ts';
import { dynamoDatabase } from '../../ground/platform/dynamo.client.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import { CallDesk } from './call-desk.ts';
import { CallsStore } from './calls.store.ts';
import { ConnectTelephony } from './connect.client.ts';

/** The desk that places calls, where the stage has Connect. */
export function callDesk(
  database: Database,
  challengesTable: string,
  settings: FunctionSettings,
): CallDesk | undefined {
  if (settings.connect === undefined) return undefined;
  const line = readEnvironment({
    instanceArn: ENVIRONMENT.connectInstanceArn,
    contactFlowId: ENVIRONMENT.connectContactFlowId,
    sourcePhoneNumber: ENVIRONMENT.connectSourcePhoneNumber,
  });
  const calls = new CallsStore(database, { challenges: challengesTable });
  return new CallDesk({
    calls,
    telephony: new ConnectTelephony(line),
    settings,
    log,
  });
}

export function wireCallStatus() {
  const { challengesTable, settings } = ENVIRONMENT;
  const names = readEnvironment({ challengesTable, settings });
  return {
    calls: new CallsStore(dynamoDatabase(), { challenges: names.challengesTable }),
    settings: parseSettings(names.settings),
    now: Date.now,
  };
}

export function wireCallEvents(): CallsStore {
  const { challengesTable } = readEnvironment({ challengesTable: ENVIRONMENT.challengesTable });
  return new CallsStore(dynamoDatabase(), { challenges: challengesTable });
}
