/** The sample employees of the organisation whose identity provider this machine plays. */
export interface SampleEmployee {
  /** `sub` of the identity provider: it does not change with the address. */
  id: string;
  email: string;
  name: string;
  helpDesk: boolean;
  /** What signing in as this person shows. */
  shows: string;
}

export const SAMPLE_EMPLOYEES: readonly SampleEmployee[] = [
  {
    id: 'e-1001',
    email: 'hana.helpdesk@workforce.example',
    name: 'Hana Helpdesk',
    helpDesk: true,
    shows: 'an employee of the help desk',
  },
  {
    id: 'e-1002',
    email: 'hugo.helpdesk@workforce.example',
    name: 'Hugo Helpdesk',
    helpDesk: true,
    shows: 'a second one, who approves',
  },
  {
    id: 'e-1003',
    email: 'walt.worker@workforce.example',
    name: 'Walt Worker',
    helpDesk: false,
    shows: 'an employee who is not in the group',
  },
  {
    id: 'e-1004',
    email: 'olga.outside@partner.example',
    name: 'Olga Outside',
    helpDesk: true,
    shows: 'an address of another domain, which is refused',
  },
];
