// No such page, or nothing that this person may see; the two look the same.
import { Compass } from 'lucide-react';
import { Link } from 'react-router';
import { EmptyState } from '~/components/EmptyState.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useTitle } from './useTitle.ts';

export function NotFound() {
  const say = useText();
  useTitle(say('notFound.title'));
  return (
    <EmptyState
      icon={<Compass aria-hidden="true" size={32} />}
      title={
        <h1>
          <T id="notFound.title" />
        </h1>
      }
      action={
        <Link to="/">
          <T id="notFound.back" />
        </Link>
      }
    >
      <T id="notFound.why" />
    </EmptyState>
  );
}
