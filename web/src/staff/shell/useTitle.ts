// The name of the page, as the browser's tab and history show it.
import { useEffect } from 'react';
import { useText } from '~/i18n/useText.ts';

export function useTitle(title: string | undefined): void {
  const say = useText();
  useEffect(() => {
    document.title = title === undefined ? say('app.name') : say('page.title', { title });
  }, [title, say]);
}
