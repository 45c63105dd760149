// Says that a visit is safe on this phone, and later on the same page that it was received. Until
// it leaves the phone it can be taken back; then the form is there again as it was.
import { CircleCheck, Smartphone, Undo2 } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import type { Student } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { useUndo } from '../outbox/useUndo.ts';
import { CorrectVisit } from './CorrectVisit.tsx';
import styles from './Kept.module.css';

interface KeptProps {
  shown: Student;
  visit: string;
  onUndone: () => void;
}

export function Kept({ shown, visit: id, onUndone }: KeptProps) {
  const go = useNavigate();
  const dates = useDates();
  const undo = useUndo();
  const visit = shown.visits.find(one => one.id === id);
  const waiting = useScreen({ screen: 'outbox' })?.operations.find(
    ({ intent }) => intent?.name === 'LogVisit' && intent.visit === id,
  );
  const received = visit !== undefined && !visit.pending;
  const Icon = received ? CircleCheck : Smartphone;
  return (
    <Screen
      title={<T id={received ? 'visit.received' : 'visit.kept'} />}
      under={<bdi>{shown.student.name}</bdi>}
      action={
        <Button kind="primary" onPress={() => void go('/', { replace: true })}>
          <T id="visit.done" />
        </Button>
      }
    >
      <div className={styles.kept} role="status">
        <span className={styles.icon} data-received={received}>
          <Icon aria-hidden="true" size={40} />
        </span>
        {visit !== undefined && (
          <p>
            <strong>{dates.longDay(visit.startedAt)}</strong>
            <br />
            {dates.span(visit.startedAt, visit.endedAt)}
          </p>
        )}
        <p className={styles.next}>
          <T id={received ? 'visit.received.why' : 'visit.kept.why'} />
        </p>
      </div>
      {waiting?.undo && (
        <Button wide onPress={() => void undo(waiting).then(done => done && onUndone())}>
          <Undo2 aria-hidden="true" />
          <T id="visit.undo" />
        </Button>
      )}
      {received && <CorrectVisit visit={visit} student={shown.student} onOpen={onUndone} />}
      <Button kind="secondary" wide onPress={() => void go('/log', { replace: true })}>
        <T id="visit.another" />
      </Button>
    </Screen>
  );
}
