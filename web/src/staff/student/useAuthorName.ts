// The name of an author; what jobs and imports wrote has none and is the agency's.
import { useCallback } from 'react';
import { useText } from '~/i18n/useText.ts';

export function useAuthorName(): (author: { name: string }) => string {
  const say = useText();
  return useCallback(({ name }) => (name === '' ? say('author.agency') : name), [say]);
}
