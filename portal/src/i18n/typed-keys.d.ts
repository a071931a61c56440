import 'i18next';
import type { EmployeeWords } from './en-employees.ts';
import type { Words } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Words & EmployeeWords };
  }
}
