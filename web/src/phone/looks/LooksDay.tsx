// One day of the list: who looked, what they are to the child, and at what.
import { useEffect, useRef } from 'react';
import { Avatar } from '~/components/Avatar.tsx';
import { List, Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import type { Day } from '~/looks/days.ts';
import { useLookWords } from '~/looks/useLookWords.ts';
import styles from './Looks.module.css';

interface LooksDayProps {
  day: Day;
  /** Whoever asked for earlier days reads on here, by eye, keyboard and ear. */
  goesOn: boolean;
}

export function LooksDay({ day, goesOn }: LooksDayProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (goesOn) heading.current?.focus();
  }, [goesOn]);
  const dates = useDates();
  const words = useLookWords();
  const title = dates.longDayOn(day.on);
  return (
    <section className={styles.day}>
      <h2 ref={heading} tabIndex={-1}>
        <time dateTime={day.on}>{title}</time>
      </h2>
      <div className={styles.card}>
        <List label={title}>
          {day.looks.map(look => (
            <Row
              key={`${look.by.person} ${String(look.asFamily)}`}
              lead={<Avatar name={look.by.name} />}
            >
              <strong>
                <bdi>{look.by.name}</bdi>
              </strong>
              <span className={styles.soft}>{words.whoIs(look)}</span>
              <span>
                <T id="looks.looked" values={{ topics: words.topics(look.topics) }} />
              </span>
            </Row>
          ))}
        </List>
      </div>
    </section>
  );
}
