/** What checking the dearest importable password hash of each format takes on this machine. */
import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { argon2id, bcrypt } from 'hash-wasm';
import type { Result, Scenario } from './measure.ts';

const salt = Buffer.alloc(16, 1);

/** The limits of an import (docs/runbook.md, Imports). */
const DEAREST: [format: string, check: () => unknown][] = [
  ['PBKDF2-SHA-1, 1,400,000 iterations', () => pbkdf2Sync('p', salt, 1_400_000, 20, 'sha1')],
  ['PBKDF2-SHA-256, 1,000,000 iterations', () => pbkdf2Sync('p', salt, 1_000_000, 32, 'sha256')],
  ['PBKDF2-SHA-512, 400,000 iterations', () => pbkdf2Sync('p', salt, 400_000, 64, 'sha512')],
  [
    'scrypt, N = 2^17, r = 8, p = 1',
    () => scryptSync('p', salt, 32, { cost: 2 ** 17, blockSize: 8, maxmem: 2 ** 28 }),
  ],
  ['bcrypt, cost 12', () => bcrypt({ password: 'p', salt, costFactor: 12 })],
  [
    'argon2id, 64 MiB, 3 passes',
    () =>
      argon2id({
        password: 'p',
        salt,
        hashLength: 32,
        parallelism: 1,
        iterations: 3,
        memorySize: 65_536,
      }),
  ],
];

/** The floor at which the portal login answers, in milliseconds. */
const FLOOR_MS = 750;

export const importedHashes: Scenario = {
  title: 'The dearest password hashes that an import takes',
  async run() {
    const results: Result[] = [];
    for (const [what, check] of DEAREST) {
      const started = performance.now();
      await check();
      const ms = performance.now() - started;
      results.push({
        what,
        value: `${Math.round(ms)} ms`,
        aim: `within the floor of ${FLOOR_MS} ms`,
        met: ms <= FLOOR_MS,
      });
    }
    return results;
  },
};
