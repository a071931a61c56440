import { create as createApiGateway } from './apigateway/apigateway.ts';
import { create as createCloudWatch } from './cloudwatch/cloudwatch.ts';
import { create as createCloudFormation } from './cloudformation/cloudformation.ts';
import { create as createCognito } from './cognito/cognito.ts';
import { create as createConnect } from './connect/connect.ts';
import type { LocalContext } from './context.ts';
import { create as createControl } from './control/control.ts';
import { create as createDevicesPage } from './devices-page/devices-page.ts';
import { create as createDescriptions } from './describe/describe.ts';
import { create as createDynamoDb } from './dynamodb/dynamodb.ts';
import { create as createEventBridge } from './eventbridge/event-bus.ts';
import { create as createKms } from './kms/kms.ts';
import { create as createEventSources } from './lambda/event-sources.ts';
import { create as createInvocations } from './lambda/invoke.ts';
import { create as createS3 } from './s3/s3.ts';
import type { CreateService, LocalService } from './service.ts';
import { create as createSes } from './ses/ses.ts';
import { create as createSns } from './sns/sns.ts';
import { create as createSts } from './sts/sts.ts';
import { create as createLogs } from './logs/logs.ts';
import { create as createSqs } from './sqs/sqs.ts';
import { create as createSsm } from './ssm/ssm.ts';

/** Every service. Web routes are tried in this order, and services close in the reverse order. */
const SERVICES: readonly CreateService[] = [
  createDynamoDb,
  createSqs,
  createKms,
  createSes,
  createSns,
  createSsm,
  createSts,
  createLogs,
  createS3,
  createCloudFormation,
  createCognito,
  createEventBridge,
  createConnect,
  createCloudWatch,
  createDescriptions,
  createInvocations,
  createControl,
  createDevicesPage,
  createApiGateway,
  createEventSources,
];

/**
 * Creates and starts every service.
 * @throws the first failure, after closing the services that came up
 */
export async function startServices(context: LocalContext): Promise<LocalService[]> {
  const created = await Promise.allSettled(SERVICES.map(async (create) => await create(context)));
  const services = created.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  try {
    const failed = created.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    for (const service of services) service.start?.();
    return services;
  } catch (error) {
    await closeServices(services);
    throw error;
  }
}

/** Ends every service. */
export async function closeServices(services: readonly LocalService[]): Promise<void> {
  for (const service of [...services].reverse()) await service.close?.();
}
