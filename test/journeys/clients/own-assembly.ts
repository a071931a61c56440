/** A stack with a journey's own settings. */
import { BUILT_STACK } from '../../built-stack.ts';
import { synthesizeApart } from '../../stack/synthesize-apart.ts';

/**
 * @returns the cloud assembly of stage `local` with these settings in place of its own, and without
 * some
 */
export async function assemblyWith(overrides: object, without: string[] = []): Promise<string> {
  const { folder, succeeded, said } = await synthesizeApart({
    stage: 'local',
    checks: false,
    bundles: `${BUILT_STACK}-bundles`,
    overrides,
    without,
  });
  if (!succeeded) throw new Error(said);
  return folder;
}
