import { builtinModules, createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);

/**
 * Node's modules that a function seldom needs, or not while it starts. Each of their exports works
 * without its module as `this`, and no library assigns to one.
 */
const LATER = [
  'crypto',
  'fs',
  'fs/promises',
  'http',
  'https',
  'stream/promises',
  'stream/web',
  'timers/promises',
  'zlib',
];

/**
 * Has bundles require Node's modules, those of LATER when something of them is first used. An
 * `import` reads every export of a module, which loads what Node itself puts off: standard input,
 * streams of files, web streams, WebCrypto.
 */
export const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup(build) {
    const names = builtinModules.filter((name) => /^[a-z]/.test(name));
    build.onResolve({ filter: new RegExp(`^(node:)?(${names.join('|')})$`) }, ({ path, kind }) =>
      kind === 'import-statement'
        ? { path: path.replace(/^node:/, ''), namespace: 'builtin' }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: LATER.includes(path)
        ? requiredLater(path)
        : `module.exports = require('node:${path}');`,
    }));
  },
};

/** A module whose exports are those of a module of Node, which the first read of one loads. */
function requiredLater(path: string): string {
  const exported = Object.getOwnPropertyNames(require(path));
  return `
    let loaded;
    const load = () => (loaded ??= require('node:${path}'));
    module.exports = { ${exported.map((name) => `get ${name}() { return load().${name}; }`).join(', ')} };
  `;
}
