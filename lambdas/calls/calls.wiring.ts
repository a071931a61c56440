/** The desk that places calls, where the stage has Connect. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { readEnvironment } from '../platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../platform/environment-names.ts';
import { log } from '../platform/log.ts';
import { CallDesk } from './call-desk.ts';
import { CallsStore } from './calls.store.ts';
import { ConnectTelephony } from './connect.client.ts';

export function callDesk(client: DynamoDBDocumentClient, challengesTable: string, settings: FunctionSettings): CallDesk | undefined {
  if (settings.connect === undefined) return undefined;
  const line = readEnvironment({
    instanceArn: ENVIRONMENT.connectInstanceArn,
    contactFlowId: ENVIRONMENT.connectContactFlowId,
    sourcePhoneNumber: ENVIRONMENT.connectSourcePhoneNumber,
  });
  return new CallDesk(new CallsStore(client, challengesTable), new ConnectTelephony(line), settings, log);
}
