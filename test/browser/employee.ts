/** An employee at a browser: signs in at the identity provider that this machine plays. */
import type { PortalVisitor } from './open-portal.ts';
import type { PortalStack } from './portal-stack.ts';

export const HANA = 'hana.helpdesk@workforce.example';
export const HUGO = 'hugo.helpdesk@workforce.example';
export const WALT = 'walt.worker@workforce.example';
export const OLGA = 'olga.outside@partner.example';

interface EmployeesOutput {
  domain: string;
  identityProvider: string;
}

export async function employeesOf(stack: PortalStack): Promise<EmployeesOutput> {
  const outputs = (await stack.local('GET', 'outputs')) as { employees: EmployeesOutput };
  return outputs.employees;
}

/** Follows LOGIN to the page of the identity provider. */
export async function goToProvider(visitor: PortalVisitor): Promise<void> {
  await visitor.goTo('/');
  await visitor.follow('LOGIN');
  await visitor.page.getByRole('heading', { name: 'Workforce' }).waitFor();
}

/** On the page of the identity provider. */
export async function signInThere(visitor: PortalVisitor, email: string): Promise<void> {
  await visitor.fill('E-mail address', email);
  await visitor.press('Sign in');
}

export async function signInAs(visitor: PortalVisitor, email: string): Promise<void> {
  await goToProvider(visitor);
  await signInThere(visitor, email);
  await visitor.sees(/^Welcome/);
}
