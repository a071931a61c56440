/** `docs/failures.md`: what a person sees where a call of AWS fails, as the drills have seen it. */
import { existsSync, readFileSync } from 'node:fs';
import { CALLED_AGAIN, type Case, type Mode, MODES } from './fault-matrix.ts';

export const PAGE = new URL('../../docs/failures.md', import.meta.url);

const HEAD = `# Failures

What a person sees where a call of AWS fails. \`npm run drills -- --write\` takes every step of each flow, finds the calls that its functions
make, has each of them fail at that step, and writes what it has seen; \`npm test\` repeats some of the cases, and fails on a difference.

- **fails**: every such call of the step answers with an error of the server. **slow**: the first one answers after three seconds
  (of the tables, the SDK repeats it unnoticed, so those cells are empty). **answer lost**: every one takes effect, and its answer is lost
  (a queue that takes a message twice leads to two mails, the newer of which counts; a number whose call is reserved, but was never
  placed, is CALL_IN_PROGRESS for as long as a call lasts, and the person takes another factor or waits; a code that is noted as sent, but
  was never sent, is RESEND_TOO_SOON for 15 seconds).
- A cell is the answer under the fault, and then the answer to the same request without it. *done* is the usual answer, *unnoticed* the
  usual answer under the fault already. What follows \`then\` is the first later step of the flow that is not as usual; without it the flow
  ends as always.
- A call that fails once is repeated by the SDK unnoticed, or ends as under **fails**; a call that is throttled ends as under **fails**.
  \`npm run drills\` holds both against this page.
- **called again**: Cognito calls a trigger twice with the same event, as it does where an answer is late. What then follows \`leaves\` is
  there more often, or less often, than after one call: an event, a message, a row, or what limits count.
- Where the answer to an act is lost although it took effect, its repeat finds it done: a passkey that is removed is NOT_FOUND, a code that is
  revoked is STEP_OUT_OF_ORDER, and a ticket that is used is TICKET_INVALID, after which the person
  takes a factor. A link that resumes a registration opens it once; the person requests another link.
- Workers behind queues and streams are not here: they try again by themselves ([architecture](architecture.md#failures)).
`;

/** One seen case. */
export interface Seen extends Case {
  outcome: string;
}

const MODE_NAMES: readonly Mode[] = [...(Object.keys(MODES) as Mode[]), CALLED_AGAIN];

/** The page, a table a flow. Flows that were not taken stay as they are. */
export function pageOf(seen: readonly Seen[], flows: readonly string[]): string {
  const former = existsSync(PAGE) ? readFileSync(PAGE, 'utf8').split(/^(?=## )/m) : [];
  const sections = flows.map((name) => {
    const own = seen.filter(({ flow }) => flow.name === name);
    return own.length > 0
      ? section(name, own)
      : former.find((one) => one.startsWith(titleOf(name)));
  });
  return (
    [HEAD.trimEnd(), ...sections.flatMap((one) => one?.trimEnd() ?? []), '']
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

const titleOf = (name: string) => `## ${name[0]?.toUpperCase()}${name.slice(1)}\n`;

function section(name: string, seen: readonly Seen[]): string {
  const rows = new Map<string, Seen[]>();
  for (const one of seen) {
    const key = `${one.step.name} | ${one.call}`;
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  const line = ([key, cells]: [string, Seen[]]) =>
    `| ${key} | ${MODE_NAMES.map((mode) => cells.find((one) => one.mode === mode)?.outcome ?? '').join(' | ')} |`;
  return [
    titleOf(name),
    `| Step | Call | ${MODE_NAMES.join(' | ')} |`,
    `|---|---|${MODE_NAMES.map(() => '---|').join('')}`,
    ...[...rows].map(line),
    '',
  ].join('\n');
}

/** What the page says of each case, by `flow/step/call/mode`. */
export function readPage(): Map<string, string> {
  const said = new Map<string, string>();
  for (const text of readFileSync(PAGE, 'utf8').split(/^## /m).slice(1)) {
    const [title = '', ...lines] = text.split('\n');
    for (const cells of lines.filter((one) => one.startsWith('| ')).slice(1)) {
      const [step = '', call = '', ...outcomes] = cells.slice(2, -2).split(' | ');
      for (const [index, mode] of MODE_NAMES.entries())
        said.set([title.toLowerCase(), step, call, mode].join('/'), outcomes[index] ?? '');
    }
  }
  return said;
}

export const nameOf = ({ flow, step, call, mode }: Case) =>
  [flow.name.toLowerCase(), step.name, call, mode].join('/');
