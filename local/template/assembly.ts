import { readFileSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import type { RawTemplate } from './template.ts';

/** What `cdk synth` left: one stack's template and where its assets lie. */
export interface Assembly {
  stackName: string;
  template: RawTemplate;
  /** The directory of the asset that would be uploaded under this S3 key. */
  assetDirectory: (objectKey: string) => string;
}

interface Manifest {
  artifacts: Record<
    string,
    { type: string; properties?: { templateFile?: string; stackName?: string; file?: string } }
  >;
}

interface AssetManifest {
  files: Record<
    string,
    { source: { path?: string }; destinations: Record<string, { objectKey: string }> }
  >;
}

/**
 * Reads a cloud assembly directory (`cdk.out`).
 * @throws Error if there is none, or not exactly one stack in it.
 */
export function loadAssembly(directory: string): Assembly {
  const manifest = readJson<Manifest>(directory, 'manifest.json');
  const artifacts = Object.entries(manifest.artifacts);
  const stacks = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1) {
    throw new Error(
      `${directory} holds ${stacks.length} stacks and the local machine runs one. ` +
        'Synthesize one stage into it.',
    );
  }
  const assets = artifacts
    .filter(([, { type }]) => type === 'cdk:asset-manifest')
    .flatMap(([, { properties }]) =>
      Object.values(readJson<AssetManifest>(directory, properties?.file ?? '').files),
    );
  const paths = new Map(
    assets.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(
        ({ objectKey }) => [objectKey, resolvePath(directory, source.path ?? '')] as const,
      ),
    ),
  );
  const [id, { properties }] = stack;
  return {
    stackName: properties?.stackName ?? id,
    template: readJson<RawTemplate>(directory, properties?.templateFile ?? `${id}.template.json`),
    assetDirectory(objectKey) {
      const path = paths.get(objectKey);
      if (path === undefined)
        throw new Error(`No asset of ${directory} has the key ${objectKey}. Synthesize again.`);
      return path;
    },
  };
}

function readJson<T>(directory: string, file: string): T {
  try {
    return JSON.parse(readFileSync(join(directory, file), 'utf8')) as T;
  } catch (error) {
    throw new Error(
      `Cannot read ${join(directory, file)}: ${(error as Error).message}. ` +
        'Run `npx cdk synth` first.',
      { cause: error },
    );
  }
}
