/** The commands for users: find, explain, change, export and erase. */
import type { Command } from 'commander';
import { exportUser } from '../export.ts';
import { explainUser, findUsers, showEvents, showUser, type Sought } from '../looks.ts';
import {
  actOnUser,
  eraseUser,
  holdUser,
  mailLinkAgain,
  setEmail,
  unlockUser,
  type UserAction,
} from '../users.ts';
import { definite } from '../../../lambdas/ground/platform/definite.rules.ts';
import { addCommand, argument, type Run } from './command.ts';

const CHANGES: [action: UserAction, what: string][] = [
  ['reset', 'Reset the registration: sessions and factors end, and a link is mailed'],
  ['disable', 'Disable a user'],
  ['enable', 'Enable a user again'],
  ['make-admin', 'Make a user an admin of the provider'],
  ['make-standard', 'Take the admin role away'],
];

type OnUser = (run: Run<{ yes: boolean }>, username: string) => Promise<void>;

const LOOKS: [name: string, what: string, run: OnUser][] = [
  ['show', 'Show a user', ({ target, output }, username) => showUser(target, username, output)],
  [
    'explain',
    'Say why a user cannot get in, and what to do next',
    ({ target, output }, username) => explainUser(target, username, output),
  ],
  [
    'events',
    "Show a user's whole audit trail, the newest first: what, who and why",
    ({ target, output }, username) => showEvents(target, username, output),
  ],
  [
    'export',
    'Print all that is held of a user, as JSON',
    ({ target, output }, username) => exportUser(target, username, output),
  ],
];

const ACTS: [name: string, what: string, run: OnUser][] = [
  [
    'resend-link',
    'Mail the registration link again',
    ({ target, output }, username) => mailLinkAgain(target, username, output),
  ],
  [
    'unlock',
    'Lift the locks of wrong codes and passwords',
    ({ target, output }, username) => unlockUser(target, username, output),
  ],
  [
    'hold',
    'Place a legal hold: the account cannot be erased',
    ({ target, output }, username) => holdUser(target, username, true, output),
  ],
  [
    'release',
    'Release a legal hold',
    ({ target, output }, username) => holdUser(target, username, false, output),
  ],
  [
    'erase',
    'Erase a user: contacts, Cognito user and devices go, the trail stays under an ID',
    ({ target, output, options }, username) => eraseUser(target, username, options.yes, output),
  ],
];

export function addUserCommands(program: Command): void {
  const users = program
    .command('users')
    .description('Users: what a provider admin can do, for every provider, and more');
  for (const [name, what, run] of LOOKS)
    addCommand<{ yes: boolean }>(
      users,
      { use: `${name} <username>`, what, example: `users ${name} jrivera` },
      (given, ...args) => run(given, argument(args, 0)),
    );
  const acts: [name: string, what: string, run: OnUser][] = [
    ...CHANGES.map(([action, what]): [string, string, OnUser] => [
      action,
      what,
      ({ target, output }, username) => actOnUser(target, action, username, output),
    ]),
    ...ACTS,
  ];
  for (const [name, what, run] of acts)
    addCommand<{ yes: boolean }>(
      users,
      {
        ...{ use: `${name} <username>`, what, reason: 'REQUIRED' },
        example: `users ${name} jrivera --reason "asked by phone" --ticket HD-1042`,
      },
      (given, ...args) => run(given, argument(args, 0)),
    );
  addCommand(
    users,
    {
      use: 'set-email <username> <email>',
      what: 'Correct the address on record of a user who is not registered, and mail the link',
      example: 'users set-email mchen m.chen@cedargrove.example --reason "typed wrongly"',
      reason: 'REQUIRED',
    },
    ({ target, output }, ...args) => setEmail(target, argument(args, 0), argument(args, 1), output),
  );
  addFind(users);
}

function addFind(users: Command): void {
  addCommand<Sought>(
    users,
    {
      use: 'find',
      what: 'Find users by one of e-mail address, phone, NPI and name',
      example: 'users find --email jrivera@cedargrove.example',
    },
    ({ target, options, output }) => {
      const { email, phone, npi, name } = options;
      return findUsers(target, definite({ email, phone, npi, name }), output);
    },
  )
    .option('--email <email>', 'verified, on record, or given before the registration')
    .option('--phone <phone>', 'the verified number')
    .option('--npi <npi>', 'all users of a provider')
    .option('--name <name>', '"Rivera", "Jo Rivera" or "Rivera, Jo"');
}
