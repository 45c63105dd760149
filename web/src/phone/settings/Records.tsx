// Where a guardian looks for what the school does with a child's record.
import { Card } from '~/components/Card.tsx';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { paths } from '../words/paths.ts';
import { isFamily } from '../words/roles.ts';
import { Way, Ways } from '../words/Way.tsx';

export function Records() {
  const students = useScreen({ screen: 'home' })?.students ?? [];
  const children = students.filter(({ roles }) => isFamily(roles));
  if (children.length === 0) return null;
  return (
    <Card title={<T id="settings.records" />} note={<T id="settings.records.why" />}>
      <Ways>
        {children.map(child => (
          <li key={child.id}>
            <Way to={paths.looks(child)}>
              <T id="settings.records.looks" values={{ name: child.givenName }} />
            </Way>
          </li>
        ))}
      </Ways>
    </Card>
  );
}
