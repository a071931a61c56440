import type { Log, LogFields, LogLevel } from '../../lambdas/ground/platform/log.ts';

export interface Line extends LogFields {
  level: LogLevel;
  code: string;
}

export class RecordingLog {
  readonly lines: Line[] = [];

  readonly log: Log = (level, code, fields = {}) => {
    this.lines.push({ level, code, ...fields });
  };

  codes(): string[] {
    return this.lines.map(({ code }) => code);
  }
}
