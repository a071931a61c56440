/** What a flow has left, counted: what a call that is repeated has to leave as it was. */
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Machine } from '../journeys/clients/machine.ts';
import { tableOf } from './misfits.ts';

interface Row {
  pk?: string;
  event?: string;
  count?: number;
}

/** How often there is each thing, such as `event SIGNED_IN` or `message to pat@…`. */
export type Left = ReadonlyMap<string, number>;

export async function leftOn(machine: Machine): Promise<Left> {
  await machine.settled();
  const left = new Map<string, number>();
  const add = (what: string, many = 1): void => void left.set(what, (left.get(what) ?? 0) + many);
  for (const { to } of await machine.messages()) add(`message to ${to}`);
  const { client } = tableOf(machine);
  for (const [name, TableName] of Object.entries(machine.outputs.tables))
    for await (const { Items = [] } of paginateScan({ client }, { TableName }))
      for (const item of Items as Row[])
        if (name === 'AuditEvents') add(`event ${item.event}`);
        else if (name === 'Limits') add(...counted(item));
        else add(`${name} ${kindOf(item)}`.trimEnd());
  client.destroy();
  return left;
}

/** A process takes hits of a stage's breakers in advance: how many says nothing. */
function counted({ pk, count }: Row): [string, number] {
  const [name = '', of = ''] = (pk ?? '').split('#');
  return name === 'STAGE' ? ['breakers', 0] : [`limit ${name} ${of}`, Number(count)];
}

const kindOf = ({ pk = '' }: Row): string => pk.split('#')[0] ?? '';

/** @returns `event SIGNED_IN is there 2 times, not 1`, or nothing */
export function differenceOf(left: Left, usual: Left): string | undefined {
  const differing = [...new Set([...left.keys(), ...usual.keys()])]
    .filter((what) => (left.get(what) ?? 0) !== (usual.get(what) ?? 0))
    .map((what) => `${what} ${left.get(what) ?? 0} instead of ${usual.get(what) ?? 0}`);
  return differing.length === 0 ? undefined : differing.sort().join(', ');
}
