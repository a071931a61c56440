import { beforeAll, describe, expect, test } from '@jest/globals';
import { synthesizeApart } from './synthesize-apart.ts';
import { all, functions, one, readTemplate, referencesIn, rightsOf, template } from './template.ts';
import type { Template } from './template.ts';

const INSTANCE =
  'arn:aws:connect:us-east-1:000000000000:instance/10a4c4eb-f57e-4d4c-8602-bf39176ced07';
const CALLERS = ['changes', 'create', 'registration', 'recovery'];

const mayCall = (from: Template) =>
  [...functions(from).keys()]
    .filter((id) =>
      rightsOf(id, from).some(({ Action }) =>
        [Action].flat().includes('connect:StartOutboundVoiceContact'),
      ),
    )
    .sort();

/** The deployed flow, with a placeholder for the function's ARN. */
const flowOf = () =>
  JSON.parse(
    (one('AWS::Connect::ContactFlow').Properties.Content['Fn::Join'][1] as unknown[])
      .map((part) => (typeof part === 'string' ? part : 'FUNCTION'))
      .join(''),
  );

describe('a stage with Connect', () => {
  test('creates the contact flow after the association of its function', () => {
    const flow = one('AWS::Connect::ContactFlow');
    const association = one('AWS::Connect::IntegrationAssociation');
    expect(flow.Properties).toMatchObject({
      InstanceArn: INSTANCE,
      Type: 'CONTACT_FLOW',
      Name: 'portal-auth-local-verification-call',
    });
    expect(association.Properties).toMatchObject({
      InstanceId: INSTANCE,
      IntegrationType: 'LAMBDA_FUNCTION',
    });
    expect(referencesIn(association.Properties.IntegrationArn)).toEqual([
      expect.stringMatching(/^CallFlowFunction/),
    ]);
    expect(flow.DependsOn).toEqual([expect.stringMatching(/^VoiceReportingFunction/)]);
  });

  test('confirms on #, denies on 9, and prompts three times for eight seconds', () => {
    const actions = new Map(
      flowOf().Actions.map((action: { Identifier: string }) => [action.Identifier, action]),
    );
    expect(actions.get('ask')).toMatchObject({
      Parameters: {
        Text: '$.Attributes.promptText',
        InputTimeLimitSeconds: '8',
        StoreInput: 'False',
      },
      Transitions: {
        Conditions: [
          { NextAction: 'deny', Condition: { Operands: ['9'] } },
          { NextAction: 'confirm', Condition: { Operands: ['#'] } },
        ],
      },
    });
    expect(actions.get('attempts')).toMatchObject({ Parameters: { LoopCount: '3' } });
    expect(actions.get('confirm')).toMatchObject({
      Parameters: {
        LambdaFunctionARN: 'FUNCTION',
        LambdaInvocationAttributes: { outcome: 'CONFIRMED' },
      },
    });
  });

  test('speaks with the voice of the language that a call names, or with the English one', () => {
    const flow = flowOf();
    const actions = new Map(
      flow.Actions.map((action: { Identifier: string }) => [action.Identifier, action]),
    );
    expect(flow.StartAction).toBe('language');
    expect(actions.get('language')).toMatchObject({
      Parameters: { ComparisonValue: '$.Attributes.language' },
      Transitions: {
        NextAction: 'set-voice',
        Conditions: [{ NextAction: 'set-spanish-voice', Condition: { Operands: ['es'] } }],
        Errors: [{ ErrorType: 'NoMatchingCondition', NextAction: 'set-voice' }],
      },
    });
    for (const [name, voice] of [
      ['set-voice', 'Joanna'],
      ['set-spanish-voice', 'Lupe'],
    ] as const)
      expect(actions.get(name)).toMatchObject({
        Parameters: { TextToSpeechVoice: voice, TextToSpeechEngine: 'Neural' },
        Transitions: { NextAction: 'mode' },
      });
  });

  test('lets Connect invoke the function only for this instance of this account', () => {
    const permissions = all('AWS::Lambda::Permission').filter(
      ([, { Properties }]) => Properties.Principal === 'connect.amazonaws.com',
    );
    expect(permissions.map(([, { Properties }]) => Properties)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        Principal: 'connect.amazonaws.com',
        SourceArn: INSTANCE,
        SourceAccount: { Ref: 'AWS::AccountId' },
        FunctionName: expect.anything(),
      },
    ]);
  });

  test('sends the contact events of this instance to one function', () => {
    const { EventPattern, Targets } = one('AWS::Events::Rule', 'VoiceContactEvents').Properties;
    expect(EventPattern).toEqual({
      source: ['aws.connect'],
      'detail-type': ['Amazon Connect Contact Event', 'Connect Customer Contact Event'],
      detail: { instanceArn: [INSTANCE] },
    });
    expect(referencesIn(Targets)).toEqual([expect.stringMatching(/^CallEventsFunction/)]);
  });

  test('lets only the functions that send codes place calls, in this instance', () => {
    expect(mayCall(template)).toEqual([...CALLERS].sort());
    for (const id of CALLERS) {
      const [calling] = rightsOf(id).filter(({ Action }) =>
        [Action].flat().includes('connect:StopContact'),
      );
      expect(calling).toEqual({
        Effect: 'Allow',
        Action: ['connect:StartOutboundVoiceContact', 'connect:StopContact'],
        Resource: `${INSTANCE}/contact/*`,
      });
      expect(functions().get(id)!.Properties.Environment.Variables).toMatchObject({
        CONNECT_INSTANCE_ARN: INSTANCE,
        CONNECT_SOURCE_PHONE_NUMBER: '+12025550100',
        CONNECT_CONTACT_FLOW_ID: {
          'Fn::Select': [
            1,
            {
              'Fn::Split': [
                '/contact-flow/',
                {
                  'Fn::GetAtt': [expect.stringMatching(/^VoiceVerificationCall/), 'ContactFlowArn'],
                },
              ],
            },
          ],
        },
      });
    }
  });

  test("ends the flow's function when Connect stops waiting", () => {
    expect(functions().get('call-flow')!.Properties.Timeout).toBe(8);
  });

  test.each([
    'CallBreaker',
    'TextBreaker',
    'CallsNotPlaced',
    'CallFlowErrors',
    'CallFlowFatalErrors',
    'CallQuota',
    'CallConcurrency',
  ])('raises the alarm %s', (name) => {
    const [alarm] = [...all('AWS::CloudWatch::Alarm'), ...all('AWS::CloudWatch::CompositeAlarm')]
      .filter(([, { Properties }]) => Properties.AlarmName === `PortalAuth-local-${name}`)
      .map(([, { Properties }]) => Properties);
    expect(alarm.AlarmActions).toHaveLength(1);
  });

  test.each(CALLERS)('counts the failed sends of %s', (id) => {
    const filters = all('AWS::Logs::MetricFilter').filter(([, { Properties }]) =>
      referencesIn(Properties.LogGroupName).some((group) =>
        group.toLowerCase().startsWith(`${id}functionlog`),
      ),
    );
    expect(filters.map(([, { Properties }]) => Properties.FilterPattern).sort()).toEqual([
      '"CALL_NOT_PLACED"',
      '"EMAIL_NOT_SENT"',
      '"TEXT_NOT_SENT"',
    ]);
  });
});

describe('a stage without Connect', () => {
  let bare: Template;
  beforeAll(async () => {
    const { folder, succeeded, said } = await synthesizeApart({
      stage: 'example',
      checks: true,
      without: ['connect'],
    });
    if (!succeeded) throw new Error(said);
    bare = readTemplate(folder, 'example');
  });

  test('passes the checks and contains no resource of Connect', () => {
    expect(
      Object.values(bare.Resources).filter(
        ({ Type, Properties }) =>
          Type.includes('Connect') || JSON.stringify(Properties ?? {}).includes('aws.connect'),
      ),
    ).toEqual([]);
    expect([...functions(bare).keys()].filter((id) => id.startsWith('call-'))).toEqual([]);
    expect(mayCall(bare)).toEqual([]);
  });

  test('gives no function a line, so that CALL is not offered', () => {
    for (const { Properties } of functions(bare).values()) {
      const variables = Properties.Environment?.Variables ?? {};
      expect(Object.keys(variables).filter((name) => name.startsWith('CONNECT_'))).toEqual([]);
      expect(String(variables.PORTAL_SETTINGS ?? '')).not.toContain('"connect"');
    }
  });

  test('still serves call statuses and still watches texts', () => {
    expect(functions(bare).has('calls')).toBe(true);
    expect(
      all('AWS::CloudWatch::Alarm', bare)
        .map(([id]) => id)
        .filter((id) => /^Alarms(Text|Call)Breaker/.test(id)),
    ).toEqual([expect.stringMatching(/^AlarmsTextBreaker/)]);
  });
});

describe('a stage whose Connect refuses the narrow right', () => {
  test('may place calls on any resource, and end only those of its instance', async () => {
    const { folder, succeeded } = await synthesizeApart({
      stage: 'local',
      checks: true,
      overrides: {
        connect: {
          instanceArn: INSTANCE,
          sourcePhoneNumber: '+12025550100',
          voice: 'Joanna',
          placesCallsOn: 'ANY',
        },
      },
    });
    expect(succeeded).toBe(true);
    const rights = rightsOf('create', readTemplate(folder));
    const resourceOf = (action: string) =>
      rights.find(({ Action }) => [Action].flat().includes(action))?.Resource;
    expect(resourceOf('connect:StartOutboundVoiceContact')).toBe('*');
    expect(resourceOf('connect:StopContact')).toBe(`${INSTANCE}/contact/*`);
  });
});
