/**
 * One small language for three of CloudWatch's: metric math, rules of composite alarms, and filter
 * patterns over JSON. Each uses a part of the operators.
 */

/** A value; undefined is missing data, which every operator passes on. */
export type Value = number | string | boolean | undefined;

/** What names and functions mean. */
interface Scope {
  /** @throws Error for a name that is not defined */
  lookUp: (name: string) => Value;
  call: (name: string, parameters: Value[]) => Value;
}

export type Expression = (scope: Scope) => Value;

interface Token {
  kind: 'number' | 'text' | 'name' | 'operator' | 'end';
  text: string;
}

const TOKENS = new RegExp(
  String.raw`\s*(?:(?<number>\d+(?:\.\d+)?)|"(?<text>[^"]*)"|(?<name>[$A-Za-z_][\w.$]*)` +
    String.raw`|(?<operator>&&|\|\||[!><]=|[-+*/()=<>!,[\]]))`,
  'y',
);

/** Binary operators by how tightly they bind, from the loosest. */
const LEVELS: readonly (readonly string[])[] = [
  ['||', 'OR'],
  ['&&', 'AND'],
  ['=', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];

/** @throws Error naming what cannot be read */
export function parseExpression(source: string): Expression {
  return new Parser(source).whole();
}

class Parser {
  readonly #source: string;
  readonly #tokens: Token[];
  #next = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokensOf(source);
  }

  whole(): Expression {
    const expression = this.#level(0);
    if (this.#peek().kind !== 'end') throw this.#fault();
    return expression;
  }

  #level(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#level(level + 1);
    while (this.#peek().kind !== 'text' && operators.includes(this.#peek().text)) {
      const operator = this.#take().text;
      const [before, after] = [left, this.#level(level + 1)];
      left = (scope) => applied(operator, before(scope), after(scope));
    }
    return left;
  }

  #unary(): Expression {
    const { text } = this.#peek();
    if (text !== 'NOT' && text !== '!') return this.#primary();
    this.#take();
    const negated = this.#unary();
    return (scope) => {
      const value = negated(scope);
      return value === undefined ? undefined : value !== true;
    };
  }

  #primary(): Expression {
    const token = this.#take();
    if (token.kind === 'number') return () => Number(token.text);
    if (token.kind === 'text') return () => token.text;
    if (token.text === '(') {
      const inner = this.#level(0);
      this.#expect(')');
      return inner;
    }
    if (token.kind !== 'name') throw this.#fault();
    if (this.#peek().text !== '(') return (scope) => scope.lookUp(token.text);
    this.#take();
    const parameters = this.#list();
    this.#expect(')');
    return (scope) =>
      scope.call(
        token.text,
        parameters.map((parameter) => parameter(scope)),
      );
  }

  /** Parameters; an array of metrics is the same as its members. */
  #list(): Expression[] {
    const bracketed = this.#peek().text === '[';
    if (bracketed) this.#take();
    const members = [this.#level(0)];
    while (this.#peek().text === ',') {
      this.#take();
      members.push(this.#level(0));
    }
    if (bracketed) this.#expect(']');
    return members;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '' };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #expect(text: string): void {
    if (this.#take().text !== text) throw this.#fault();
  }

  #fault(): Error {
    return new Error(`The local machine cannot evaluate the expression ${this.#source}`);
  }
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (let from = 0; source.slice(from).trim() !== ''; from = TOKENS.lastIndex) {
    TOKENS.lastIndex = from;
    const groups = TOKENS.exec(source)?.groups ?? {};
    const [kind, text] = Object.entries(groups).find(([, found]) => found !== undefined) ?? [];
    if (kind === undefined || text === undefined)
      throw new Error(`The local machine cannot read "${source.slice(from)}" of ${source}`);
    tokens.push({ kind: kind as Token['kind'], text });
  }
  return tokens;
}

function applied(operator: string, left: Value, right: Value): Value {
  if (operator === 'OR' || operator === '||') return left === true || right === true;
  if (operator === 'AND' || operator === '&&') return left === true && right === true;
  if (left === undefined || right === undefined) return undefined;
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  return arithmetic(operator, Number(left), Number(right));
}

function arithmetic(operator: string, left: number, right: number): Value {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      // CloudWatch has no data point where a divisor is 0.
      return right === 0 ? undefined : left / right;
  }
}

/** The functions of metric math that are evaluated here. */
export function callMetricMath(name: string, parameters: Value[]): Value {
  const [first, second, third] = parameters;
  const numbers = parameters.filter((value) => typeof value === 'number');
  switch (name) {
    case 'FILL':
      return first ?? second;
    case 'IF':
      return first === undefined ? undefined : first === true ? second : third;
    case 'MAX':
      return numbers.length === 0 ? undefined : Math.max(...numbers);
    case 'SUM':
      return numbers.length === 0 ? undefined : numbers.reduce((sum, one) => sum + one, 0);
    default:
      throw new Error(`The local machine does not evaluate ${name} of metric math.`);
  }
}
