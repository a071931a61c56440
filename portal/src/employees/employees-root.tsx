import { Outlet } from 'react-router';
import { usePortal } from '../portal-context.tsx';
import { NotFound } from '../screens/not-found.tsx';
import { Layout } from '../ui/layout.tsx';
import { EmployeesProvider } from './employees-context.tsx';
import './employees.css';

/** A stage whose employees do not sign in here has none of these pages. */
export function EmployeesRoot() {
  const { employees } = usePortal().config;
  if (employees === undefined)
    return (
      <Layout>
        <NotFound />
      </Layout>
    );
  return (
    <EmployeesProvider config={employees}>
      <Outlet />
    </EmployeesProvider>
  );
}
