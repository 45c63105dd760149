// The form in which a family asks to see the record, or says what is wrong in it.
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Asks, Contested, ContestedKind, Student } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Gone } from '../student/StudentPage.tsx';
import { Begun } from '../words/Begun.tsx';
import { paths } from '../words/paths.ts';
import { isFamily } from '../words/roles.ts';
import { useForm, type Desk } from '../words/useForm.ts';
import { begin, intentOf, type AskDraft } from './askDraft.ts';
import { useContested } from './useContested.ts';

export function AskPage() {
  const { agency = '', id = '', asks: named } = useParams();
  const asks: Asks = named === 'correct' ? 'correct' : 'see';
  const desk: Desk = { agency, student: id, name: `AskOfRecord/${asks}` };
  const shown = useScreen({ screen: 'student', agency, id });
  const begun = useScreen({ screen: 'draft', ...desk });
  if (shown === null || (shown && !isFamily(shown.mine.roles))) return <Gone />;
  if (shown === undefined || begun === undefined)
    return (
      <Screen title={<T id={`record.${asks}`} />} back="/" writing>
        <Skeleton lines={6} />
      </Screen>
    );
  return <AskForm desk={desk} asks={asks} shown={shown} begun={begun as AskDraft | null} />;
}

const kinds: ContestedKind[] = ['goal', 'visit', 'meeting'];

/** `?visit=…`: where somebody stood when they saw that it was wrong. */
function useAbout(): Contested | null {
  const [asked] = useSearchParams();
  const kind = kinds.find(kind => asked.has(kind));
  const id = kind === undefined ? null : asked.get(kind);
  return kind === undefined || id === null ? null : { kind, id };
}

interface AskFormProps {
  desk: Desk;
  asks: Asks;
  shown: Student;
  begun: AskDraft | null;
}

function AskForm({ desk, asks, shown, begun }: AskFormProps) {
  const core = useCore();
  const go = useNavigate();
  const say = useText();
  const tell = useTell();
  const about = useAbout();
  const { value, found, change, startOver, stop } = useForm(desk, begun, () => begin(about));
  const contested = useContested(shown, value.contests);
  const intent = intentOf(value, desk.student, asks);
  const whose = { agency: desk.agency, id: desk.student };
  const name = shown.student.givenName;

  const send = async () => {
    if (intent === null) return;
    // The core forgets what was begun when it keeps the request.
    stop();
    try {
      if (value.replaces === undefined) await core.do(desk.agency, intent, value.operation);
      else await core.doInstead(value.replaces, desk.agency, intent, value.operation);
    } catch {
      change({});
      tell({ tone: 'bad', text: say('notKept') });
      return;
    }
    tell({ tone: 'good', text: say('kept.toast') });
    void go(paths.record(whose), { replace: true });
  };

  return (
    <Screen
      title={<T id={`record.${asks}`} />}
      under={<bdi>{shown.student.name}</bdi>}
      back={paths.record(whose)}
      writing
      action={
        <Button kind="primary" disabled={intent === null} onPress={() => void send()}>
          <T id="record.send" />
        </Button>
      }
    >
      <p>
        <T id={`record.${asks}.lead`} values={{ name }} />
      </p>
      {found && <Begun onStartOver={startOver} />}
      {contested !== null && <Notice title={<T id="record.about" />}>{contested}</Notice>}
      <TextArea
        label={say(`record.${asks}.words`)}
        help={say(`record.${asks}.words.help`, { name })}
        optional={asks === 'see'}
        value={value.words}
        onChange={words => change({ words })}
      />
      {asks === 'correct' && (
        <TextArea
          label={say('record.instead')}
          optional
          value={value.instead}
          onChange={instead => change({ instead })}
        />
      )}
    </Screen>
  );
}
