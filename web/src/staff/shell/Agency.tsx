// The agency whose students are shown. Most people work in one; a provider may serve several.
import { createContext, useContext, useState, type ReactNode } from 'react';
import type { Membership } from '../session/useViewer.ts';

interface Choice {
  membership: Membership;
  memberships: readonly Membership[];
  choose: (agency: string) => void;
}

const AgencyContext = createContext<Choice | null>(null);
const key = 'aimline.agency';

export function AgencyProvider({
  memberships,
  children,
}: {
  memberships: Membership[];
  children: ReactNode;
}) {
  const [chosen, setChosen] = useState(() => localStorage.getItem(key));
  const membership = memberships.find(each => each.agency.id === chosen) ?? memberships[0];
  if (membership === undefined) throw new Error('a member of staff has an agency');
  const choose = (agency: string) => {
    localStorage.setItem(key, agency);
    setChosen(agency);
  };
  return <AgencyContext value={{ membership, memberships, choose }}>{children}</AgencyContext>;
}

export function useAgency(): Choice {
  const choice = useContext(AgencyContext);
  if (choice === null) throw new Error('useAgency outside AgencyProvider');
  return choice;
}
