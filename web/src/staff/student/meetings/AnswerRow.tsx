import { CalendarClock, CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import { Badge } from '~/components/Badge.tsx';
import { T } from '~/i18n/T.tsx';
import { answerKey } from '../arrivals.ts';
import { useStudentView } from '../StudentContext.ts';
import type { Answer } from './standing.ts';
import styles from './Meetings.module.css';

const looks = {
  YES: { Icon: CircleCheck, tone: 'good' },
  NO: { Icon: CircleX, tone: 'bad' },
  OTHER_TIME: { Icon: CalendarClock, tone: 'aim' },
} as const;

interface AnswerRowProps {
  meeting: string;
  name: string;
  answer: Answer | undefined;
  two: boolean;
}

export function AnswerRow({ meeting, name, answer, two }: AnswerRowProps) {
  const { fresh } = useStudentView();
  const { Icon, tone } =
    answer === undefined ? { Icon: CircleDashed, tone: 'plain' as const } : looks[answer.answer];
  const isFresh = answer !== undefined && fresh.has(answerKey(meeting, answer));
  return (
    <li className={styles.answer} data-fresh={isFresh || undefined}>
      <bdi>{name}</bdi>
      <span className={styles.badges}>
        <Badge
          tone={answer?.toOldTime === true ? 'plain' : tone}
          icon={<Icon aria-hidden="true" />}
        >
          <T id={`answer.${answer?.answer ?? 'none'}`} />
        </Badge>
        {answer?.toOldTime === true && (
          <Badge tone="aim">
            <T id="answer.old" />
          </Badge>
        )}
        {two && (
          <Badge tone="aim">
            <T id="answer.two" />
          </Badge>
        )}
      </span>
      {answer !== undefined && answer.note !== '' && (
        <span className={styles.note} dir="auto">
          {answer.note}
        </span>
      )}
    </li>
  );
}
