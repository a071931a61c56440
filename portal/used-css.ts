/**
 * Leaves out of the design system's style sheet what no screen uses: it has 530 kB, of which a page
 * would load all. A rule stays if every class in its selector is written somewhere in the sources.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a PostCSS plugin meets, as far as this one looks. */
interface Node {
  source?: { input: { file?: string } };
  remove: () => void;
}
interface Rule extends Node {
  selectors: string[];
}
interface FontFace extends Node {
  toString: () => string;
}

/** The weights and styles that the portal shows. */
const FONTS = /sourcesanspro-(regular|bold)-webfont/;

export function usedCss(sources: string) {
  const used = new Set(
    textsIn(sources)
      .join('\n')
      .match(/usa-[\w-]+/g),
  );
  const isUsed = (selector: string): boolean =>
    [...selector.matchAll(/\.((?:\\.|[\w-])+)/g)].every(([, name = '']) => used.has(name));
  return {
    postcssPlugin: 'used-css',
    Rule(rule: Rule) {
      if (!isOfDesignSystem(rule)) return;
      const kept = rule.selectors.filter(isUsed);
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    },
    AtRule: {
      'font-face'(rule: FontFace) {
        if (isOfDesignSystem(rule) && !FONTS.test(rule.toString())) rule.remove();
      },
    },
  };
}

function isOfDesignSystem({ source }: Node): boolean {
  return source?.input.file?.includes('@uswds') === true;
}

function textsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() && /\.(tsx|css)$/.test(entry.name)
      ? [readFileSync(join(entry.parentPath, entry.name), 'utf8')]
      : [],
  );
}
