/** The pages of employees, with their texts. Nothing of them is loaded for anybody else. */
import { addTexts, type MoreTexts } from '../i18n/index.ts';
import { EmployeesRoot } from './employees-root.tsx';

const TEXTS: MoreTexts = {
  en: async () => (await import('../i18n/en-employees.ts')).enEmployees,
  es: async () => (await import('../i18n/es-employees.ts')).esEmployees,
};

export async function loadEmployees(): Promise<{ Component: typeof EmployeesRoot }> {
  await addTexts(TEXTS);
  return { Component: EmployeesRoot };
}
