import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PortalConfig } from '../contract/portal-config.ts';
import { Alarms } from './alarms.ts';
import { AuditArchive } from './audit.ts';
import { Backups } from './backups.ts';
import { Canary } from './canary.ts';
import { definite } from './definite.ts';
import { applyToEverything } from './everything.ts';
import { Examination } from './examination.ts';
import { addFirewalls } from './firewalls.ts';
import { deployedFunctions, invokedByCognito, isCapability, isTrigger } from './functions.ts';
import type { FunctionId } from './functions.ts';
import { HttpApi } from './http-api.ts';
import { Insights } from './queries.ts';
import { Keys } from './keys.ts';
import { Messaging } from './messaging.ts';
import { OperatorRoles } from './operator-roles.ts';
import { Outbox } from './outbox.ts';
import { employeesSettings, portalSettings } from './portal-config.ts';
import { PortalFunction } from './portal-function.ts';
import { PortalSite } from './portal-site.ts';
import { grantRights } from './rights.ts';
import { limitResources } from './resource-count.ts';
import type { StageSettings } from './settings.ts';
import { Sweeps } from './sweeps.ts';
import { Tables } from './tables.ts';
import { PortalUserPool } from './user-pool.ts';
import { Voice } from './voice.ts';
import { watchHelpDesk } from './watch-help-desk.ts';
import { WorkforcePool } from './workforce-pool.ts';
import {
  watchApi,
  watchFirewalls,
  watchFollowers,
  watchFunctions,
  watchKeys,
  watchMailReputation,
  watchSending,
  watchSignIns,
  watchTables,
  watchTexts,
  watchUserPool,
} from './watch.ts';

export interface PortalAuthStackProps extends StackProps {
  readonly settings: StageSettings;
  /** Where the bundles are, a folder per function. */
  readonly bundles: string;
}

/** A complete stage. What each function may do is in rights.ts. */
export class PortalAuthStack extends Stack {
  private readonly keys: Keys;
  private readonly alarms: Alarms;
  private readonly tables: Tables;
  private readonly userPool: PortalUserPool;
  /** Absent in a stage whose employees do not sign in here. */
  private readonly workforce: WorkforcePool | undefined;
  private readonly api: HttpApi;
  private readonly outbox: Outbox;
  private readonly auditArchive: AuditArchive;
  private readonly messaging: Messaging;
  /** Absent in a stage without Amazon Connect. */
  private readonly voice: Voice | undefined;
  private sweeps: Sweeps | undefined;
  /** Absent in a stage without a canary. */
  private canary: Canary | undefined;

  constructor(scope: Construct, id: string, props: PortalAuthStackProps) {
    super(scope, id, props);
    const { settings } = props;
    const { stage, sender, limits } = settings;
    this.keys = new Keys(this, 'Keys', { stage, multiRegion: settings.multiRegionCodeKey });
    const key = this.keys.data;
    this.alarms = new Alarms(this, 'Alarms', {
      key: this.keys.alarms,
      ...definite({ email: settings.alarmEmail }),
    });
    this.tables = new Tables(this, 'Tables', { keys: this.keys });
    if (settings.backup !== undefined)
      new Backups(this, 'Backups', { key, tables: this.tables, ...settings.backup });
    const { sessionHours } = settings;
    this.userPool = new PortalUserPool(this, 'UserPool', { stage, sessionHours });
    this.workforce =
      settings.workforce &&
      new WorkforcePool(this, 'Workforce', {
        stage,
        portalOrigins: settings.portalOrigins,
        ...settings.workforce,
      });
    this.messaging = new Messaging(this, 'Messaging', {
      stage,
      senderEmail: sender.email,
      sesIdentity: sender.sesIdentity,
    });
    this.voice = settings.connect && this.createVoice(stage, settings.connect);
    this.outbox = new Outbox(this, 'Outbox', { keys: this.keys, alarms: this.alarms });
    this.auditArchive = new AuditArchive(this, 'AuditArchive', {
      keys: this.keys,
      alarms: this.alarms,
      auditEvents: this.tables.auditEvents,
    });
    this.api = new HttpApi(this, 'HttpApi', {
      stage,
      key,
      userPool: this.userPool.pool,
      portalOrigins: settings.portalOrigins,
      requestsPerSecond: limits.requestsPerSecond,
      requestBurst: limits.requestBurst,
      ...definite({
        loggingRoleArn: settings.apiLoggingRoleArn,
        domain: settings.apiDomain,
        workforcePool: this.workforce?.pool,
      }),
    });
    const functions = deployedFunctions({
      voice: this.voice !== undefined,
      workforce: this.workforce !== undefined,
      canary: settings.canary !== undefined,
    }).map((functionId) => this.deploy(functionId, props));
    const { all: operators } = new OperatorRoles(this, 'OperatorRoles', {
      ...{ stage, keys: this.keys, tables: this.tables, userPool: this.userPool },
      ...{ outbox: this.outbox, auditArchive: this.auditArchive },
    });
    this.watch(functions, settings);
    new Insights(this, 'Insights', { stage, functions });
    const firewalls = addFirewalls(this, settings, { ...this.capabilities(), key });
    watchFirewalls(
      this.alarms,
      this.region,
      firewalls.map(({ name }) => name),
    );
    new Examination(this, 'Examination', {
      ...{ ...this.capabilities(), roles: operators, firewalls, alarms: this.alarms },
      schedules: [this.sweeps, this.canary].flatMap((one) => one ?? []),
      ...{ connectInstanceArn: settings.connect?.instanceArn },
    });
    const portalConfig = this.portalConfig(settings);
    if (settings.portalSite !== undefined)
      this.hostPortal(settings, settings.portalSite.certificateArn, portalConfig);
    this.addOutputs(portalConfig);
    applyToEverything(this, settings);
    limitResources(this);
  }

  private createVoice(stage: string, connect: NonNullable<StageSettings['connect']>): Voice {
    const { voice, voiceEs, ...line } = connect;
    const voices = { en: voice, es: voiceEs };
    return new Voice(this, 'Voice', { stage, alarms: this.alarms, voices, ...line });
  }

  /** Makes a function, gives it its rights, and connects it to what invokes it. */
  private deploy(
    functionId: FunctionId,
    { settings, bundles }: PortalAuthStackProps,
  ): PortalFunction {
    const reservedConcurrency = invokedByCognito(functionId)
      ? settings.reservedConcurrency
      : undefined;
    const fn = new PortalFunction(this, constructName(functionId), {
      functionId,
      stage: settings.stage,
      key: this.keys.data,
      bundles,
      ...definite({ reservedConcurrency }),
    });
    grantRights(fn, { ...this.capabilities(), settings });
    if (isTrigger(functionId)) this.userPool.addTrigger(functionId, fn);
    if (functionId === 'workforce-gate') this.workforce?.admitWith(fn);
    if (isCapability(functionId)) this.api.addCapability(functionId, fn);
    if (functionId === 'call-flow') this.voice?.reportTo(fn);
    if (functionId === 'call-events') this.voice?.followWith(fn);
    if (functionId === 'outbox') this.outbox.deliverTo(fn);
    if (functionId === 'mail-events') this.messaging.reportTo(fn);
    if (functionId === 'notices') this.auditArchive.notifyWith(fn);
    if (functionId === 'audit-archive') this.auditArchive.archiveWith(fn);
    if (functionId === 'canary' && settings.canary !== undefined)
      this.canary = new Canary(this, 'Canary', { fn, alarms: this.alarms, ...settings.canary });
    if (functionId === 'sweep') this.sweeps = new Sweeps(this, 'Sweeps', fn, this.alarms);
    return fn;
  }

  /** Alarms on what the functions write, and on the services that they depend on. */
  private watch(functions: PortalFunction[], { sms, limits }: StageSettings): void {
    const { alarms } = this;
    watchSending(alarms, functions, { voice: this.voice !== undefined });
    watchFunctions(alarms, functions);
    watchSignIns(alarms);
    if (this.workforce !== undefined) watchHelpDesk(alarms, limits.helpDeskLooksPerHour);
    watchApi(alarms, this.api.api);
    watchMailReputation(alarms);
    watchTexts(alarms, sms.spendAlarmUsd);
    watchUserPool(alarms, this.userPool);
    watchTables(alarms, this.tables);
    watchFollowers(alarms, functions);
    watchKeys(alarms, this.keys);
  }

  private capabilities() {
    return {
      keys: this.keys,
      tables: this.tables,
      userPool: this.userPool,
      workforce: this.workforce,
      messaging: this.messaging,
      voice: this.voice,
      outbox: this.outbox,
      api: this.api,
    };
  }

  private hostPortal(
    { portalOrigins }: StageSettings,
    certificateArn: string,
    config: string,
  ): void {
    new PortalSite(this, 'PortalSite', {
      domainName: new URL(portalOrigins[0] ?? '').hostname,
      certificateArn,
      apiUrl: this.api.url,
      config,
      ...definite({ employeesUrl: this.workforce?.domain }),
    });
  }

  /** The content of a portal's `/config.json`. */
  private portalConfig(settings: StageSettings): string {
    const { userPoolId } = this.userPool.pool;
    const { userPoolClientId } = this.userPool.client;
    return this.toJsonString({
      userPoolId,
      userPoolClientId,
      apiUrl: this.api.url,
      ...portalSettings(settings),
      ...definite({ employees: this.employeesConfig(settings) }),
    } satisfies PortalConfig);
  }

  private employeesConfig({ workforce }: StageSettings): PortalConfig['employees'] {
    if (this.workforce === undefined || workforce === undefined) return undefined;
    return { ...this.workforce.portalAccess(), ...employeesSettings(workforce) };
  }

  private addOutputs(portalConfig: string): void {
    new CfnOutput(this, 'PortalConfig', {
      value: portalConfig,
      description: 'The file config.json beside a portal',
    });
    new CfnOutput(this, 'UserPoolId', { value: this.userPool.pool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: this.userPool.client.userPoolClientId });
    this.workforce?.addOutputs(this);
    new CfnOutput(this, 'ApiUrl', { value: this.api.url });
    new CfnOutput(this, 'ApiStageArn', { value: this.api.api.deploymentStage.stageArn });
    new CfnOutput(this, 'OutboxQueueUrl', { value: this.outbox.url });
    new CfnOutput(this, 'OutboxDeadLettersUrl', { value: this.outbox.deadLettersUrl });
    new CfnOutput(this, 'AuditDeadLettersUrl', { value: this.auditArchive.deadLettersUrl });
    new CfnOutput(this, 'AlarmsTopicArn', { value: this.alarms.topic.topicArn });
    new CfnOutput(this, 'AuditBucketName', { value: this.auditArchive.bucketName });
    for (const [name, { table }] of this.tables.byName())
      new CfnOutput(this, `${name}TableName`, { value: table.tableName });
  }
}

/** `token-gate` → `TokenGate`. */
function constructName(functionId: FunctionId): string {
  const words = functionId.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Function`;
}
