/**
 * Compares a local sign-in (SRP and a code by e-mail) with better-auth's password and code on
 * SQLite. Both are measured alternately in one run.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { type LocalRun, median, ratio, ROOT, type Scenario, startLocally } from './measure.ts';
import { LEE, nextQuarter, signInByEmail } from './sign-in-client.ts';

const TITLE =
  'A whole sign-in on one machine, beside better-auth with two-factor e-mail codes on SQLite';
const ROUNDS = 64;
/** Sign-ins of each after which both run compiled code. */
const WARM_UP = 32;
const CLIENTS = 16;
/** Each account has ten e-mails in a quarter of an hour. */
const EACH = 8;
const ACTIVE = [
  'lee.admin@lakeside.example',
  'ada.admin@cedargrove.example',
  'pat.phone@cedargrove.example',
].map((email) => ({ ...LEE, email }));

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/**
 * Sign-ins per second with several clients. Each account has one client at a time, because a client
 * takes the newest code in the mailbox.
 */
async function perSecond(
  clients: number,
  signIn: (client: number) => Promise<unknown>,
): Promise<number> {
  const ms = await timed(() =>
    Promise.all(
      Array.from({ length: clients }, async (_, client) => {
        for (let turn = 0; turn < EACH; turn += 1) await signIn(client);
      }),
    ),
  );
  return (clients * EACH * 1_000) / ms;
}

export const signIn: Scenario = {
  title: TITLE,
  async run() {
    const [local, peer] = [await startLocally(), await startPeer()];
    try {
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let round = -WARM_UP; round < ROUNDS; round += 1) {
        if (round % EACH === 0) await nextQuarter(local);
        const person = ACTIVE[(round + WARM_UP) % ACTIVE.length] ?? LEE;
        const our = await timed(() => signInByEmail(local, person));
        const their = await timed(() => peer.signIn(0));
        if (round < 0) continue;
        ours.push(our);
        theirs.push(their);
      }
      await nextQuarter(local);
      await throughput(local);
      await perSecond(CLIENTS, (client) => peer.signIn(client));
      await nextQuarter(local);
      const [oursPerSecond, theirsPerSecond] = [
        await throughput(local),
        await perSecond(CLIENTS, (client) => peer.signIn(client)),
      ];
      return [
        {
          what: `p50, ours ${whole(median(ours))} ms, better-auth ${whole(median(theirs))} ms`,
          aim: '≤ 0.4 ×',
          ...ratio(median(ours) / median(theirs), 0.4),
        },
        {
          what:
            `throughput, ours ${whole(oursPerSecond)}/s with ${ACTIVE.length} clients, ` +
            `better-auth ${whole(theirsPerSecond)}/s with ${CLIENTS}`,
          aim: '≥ 2 ×',
          ...ratio(oursPerSecond / theirsPerSecond, 2, false),
        },
      ];
    } finally {
      await Promise.all([local.stop(), peer.stop()]);
    }
  },
};

function whole(value: number): string {
  return value.toFixed(0);
}

function throughput(local: LocalRun): Promise<number> {
  return perSecond(ACTIVE.length, (client) => signInByEmail(local, ACTIVE[client] ?? LEE));
}

interface Peer {
  signIn: (client: number) => Promise<unknown>;
  stop: () => Promise<void>;
}

async function startPeer(): Promise<Peer> {
  const child = spawn(process.execPath, [join(ROOT, 'bench/peers/better-auth.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await new Promise<string[]>((resolve) =>
    createInterface(child.stdout).once('line', (line) => resolve([line])),
  );
  const ended = new Promise<void>((resume) => child.once('exit', () => resume()));
  return {
    async signIn(client) {
      const response = await fetch(`${url}/whole-sign-in?client=${client}`);
      if (!response.ok) throw new Error(`better-auth: ${await response.text()}`);
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}
