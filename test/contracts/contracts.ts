import type { Contract } from './contract.ts';
import { accountsContract } from './stores/accounts.ts';
import { approvalsContract } from './stores/approvals.ts';
import { auditContract } from './stores/audit.ts';
import { callsContract } from './stores/calls.ts';
import { databaseContract } from './stores/database.ts';
import { devicesContract } from './stores/devices.ts';
import { grantsContract } from './stores/grants.ts';
import { limitsContract } from './stores/limits.ts';
import { linksAndTicketsContract } from './stores/links-and-tickets.ts';
import { marksContract } from './stores/marks.ts';
import { namesContract } from './stores/names.ts';
import { passkeysContract } from './stores/passkeys.ts';
import { peopleContract } from './stores/people.ts';
import { registrationCodesContract } from './stores/registration-codes.ts';
import { signInFlowsContract } from './stores/sign-in-flows.ts';
import { termsAcceptancesContract } from './stores/terms-acceptances.ts';
import { tokenFlowsContract } from './stores/token-flows.ts';

export const CONTRACTS: readonly Contract[] = [
  databaseContract,
  accountsContract,
  namesContract,
  peopleContract,
  grantsContract,
  callsContract,
  tokenFlowsContract,
  linksAndTicketsContract,
  signInFlowsContract,
  devicesContract,
  passkeysContract,
  termsAcceptancesContract,
  registrationCodesContract,
  limitsContract,
  marksContract,
  auditContract,
  approvalsContract,
];
