/**
 * Builds in processes of their own: what esbuild, Vite and the CDK hold in memory ends with them.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a script of this project to its end.
 * @param script path below the project's root
 * @throws Error with what the script wrote to stderr, if it fails
 */
export async function runApart(script: string, ...words: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [script, ...words], { cwd: root });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(stderr?.trim() || message, { cause: error });
  }
}
