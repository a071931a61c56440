/** What places, follows and shows calls. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../ground/platform/aws-clients.ts';
import { parseSettings, readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import { CallDesk } from './call-desk.ts';
import { CallsStore } from './calls.store.ts';
import { ConnectTelephony } from './connect.client.ts';

/** The desk that places calls, where the stage has Connect. */
export function callDesk(
  client: DynamoDBDocumentClient,
  challengesTable: string,
  settings: FunctionSettings,
): CallDesk | undefined {
  if (settings.connect === undefined) return undefined;
  const line = readEnvironment({
    instanceArn: ENVIRONMENT.connectInstanceArn,
    contactFlowId: ENVIRONMENT.connectContactFlowId,
    sourcePhoneNumber: ENVIRONMENT.connectSourcePhoneNumber,
  });
  return new CallDesk(
    new CallsStore(client, challengesTable),
    new ConnectTelephony(line),
    settings,
    log,
  );
}

export function wireCallStatus(): { calls: CallsStore; settings: FunctionSettings } {
  const { challengesTable, settings } = readEnvironment({
    challengesTable: ENVIRONMENT.challengesTable,
    settings: ENVIRONMENT.settings,
  });
  return {
    calls: new CallsStore(documentClient(), challengesTable),
    settings: parseSettings(settings),
  };
}

export function wireCallEvents(): CallsStore {
  return new CallsStore(
    documentClient(),
    readEnvironment({ challengesTable: ENVIRONMENT.challengesTable }).challengesTable,
  );
}
