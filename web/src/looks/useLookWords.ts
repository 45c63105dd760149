// A look in plain words: what the person is to the child, and what they looked at. Each part of the
// pages has its own words for the topics.
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { AccessTopic, LookFragment } from '~/api/schema.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { useText } from '~/i18n/useText.ts';

/** As a person would tell it: the child's progress first, what went astray last. */
const order: AccessTopic[] = [
  'GOALS',
  'VISITS',
  'MEETINGS',
  'STATEMENT',
  'INPUT',
  'CONTACTS',
  'ATTEMPTS',
  'REQUESTS',
  'NOT_RECEIVED',
  'COPY',
];

export function useLookWords() {
  const intl = useIntl();
  const say = useText();
  const service = useNamed('service');
  return useMemo(
    () => ({
      /** `Case manager · Special instruction`. A therapist's service says more than “provider”. */
      whoIs: ({ asFamily, role, services }: LookFragment): string => {
        if (asFamily) return say('looks.family');
        const named = role !== null && (role !== 'PROVIDER' || services.length === 0);
        const words = [...(named ? [say(`role.${role}`)] : []), ...services.map(service)];
        return words.length === 0 ? say('looks.staff') : words.join(' · ');
      },
      /** `progress on goals, visits, and meetings` */
      topics: (looked: readonly AccessTopic[]): string =>
        intl.formatList(
          order.filter(topic => looked.includes(topic)).map(topic => say(`looks.topic.${topic}`)),
          { type: 'conjunction' },
        ),
    }),
    [intl, say, service],
  );
}
