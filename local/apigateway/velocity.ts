/**
 * The part of the Velocity template language that the stack's templates use: `#set`, `#if`,
 * `#elseif`, `#else`, `#end`, `==`, `!=`, `&&`, `||`, strings, and references.
 * Anything else is an error.
 */

/** The variables of a template. A reference is a path, such as `context.requestId`. */
export interface Variables {
  get: (path: string) => string;
  set: (path: string, value: string) => void;
}

const DIRECTIVE =
  /#(set|if|elseif)\s*\(((?:[^()"]|"[^"]*"|\((?:[^()"]|"[^"]*")*\))*)\)|#(else|end)\b/g;
const PATH = String.raw`[a-zA-Z][\w-]*(?:\(\))?(?:\.[\w-]+(?:\((?:"[^"]*"|'[^']*')?\))?)*`;
const REFERENCE = new RegExp(String.raw`\$!?(?:\{(${PATH})\}|(${PATH}))`);

/** Renders a template, with the effects of its `#set`s on the variables. */
export function render(template: string, variables: Variables): string {
  let output = '';
  let position = 0;
  const branches: Branch[] = [];
  for (const match of template.matchAll(DIRECTIVE)) {
    if (isRunning(branches))
      output += interpolate(template.slice(position, match.index), variables);
    position = match.index + match[0].length;
    const directive = {
      name: match[1] ?? match[3] ?? '',
      argument: match[2] ?? '',
    };
    direct(directive, branches, variables);
  }
  if (branches.length > 0) throw new Error('A Velocity template has an #if without #end.');
  return output + interpolate(template.slice(position), variables);
}

/** An open #if: whether its current branch runs, and whether one has run. */
interface Branch {
  runs: boolean;
  done: boolean;
}

const isRunning = (branches: readonly Branch[]): boolean => branches.every(({ runs }) => runs);

function direct(
  { name, argument }: { name: string; argument: string },
  branches: Branch[],
  variables: Variables,
): void {
  const current = branches.at(-1);
  if (name === 'set') {
    if (isRunning(branches)) assign(argument, variables);
    return;
  }
  if (name === 'if') {
    const holds = isRunning(branches) && condition(argument, variables);
    branches.push({ runs: holds, done: holds });
    return;
  }
  if (current === undefined) throw new Error(`A Velocity template has #${name} without #if.`);
  if (name === 'end') {
    branches.pop();
    return;
  }
  const outer = isRunning(branches.slice(0, -1));
  current.runs = outer && !current.done && (name === 'else' || condition(argument, variables));
  current.done ||= current.runs;
}

function assign(argument: string, variables: Variables): void {
  const [, path, expression] = /^\s*\$([\w.-]+)\s*=\s*(.+)$/s.exec(argument) ?? [];
  if (path === undefined || expression === undefined)
    throw new Error(`The local machine cannot read the Velocity directive #set(${argument}).`);
  variables.set(path, operand(expression, variables));
}

function condition(expression: string, variables: Variables): boolean {
  return expression
    .split('||')
    .some((alternative) => alternative.split('&&').every((term) => comparison(term, variables)));
}

function comparison(term: string, variables: Variables): boolean {
  const [, left, operator, right] = /^(.+?)(==|!=)(.+)$/s.exec(term) ?? [];
  if (left === undefined || right === undefined) return operand(term, variables) !== '';
  return (operand(left, variables) === operand(right, variables)) === (operator === '==');
}

function operand(expression: string, variables: Variables): string {
  const text = expression.trim();
  const quoted = /^"([^"]*)"$|^'([^']*)'$/.exec(text);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? '';
  const reference = new RegExp(`^${REFERENCE.source}$`).exec(text);
  if (reference === null)
    throw new Error(`The local machine cannot read the Velocity expression ${text}.`);
  return variables.get(reference[1] ?? reference[2] ?? '');
}

function interpolate(text: string, variables: Variables): string {
  return text.replace(new RegExp(REFERENCE.source, 'g'), (_whole, braced?: string, bare?: string) =>
    variables.get(braced ?? bare ?? ''),
  );
}
