// The face of the phone core as TypeScript sees it: what happens to it (events), what it asks
// of the page (effects) and what it shows (screens). Everything crosses as JSON text; this file
// is the only place where that JSON has types. Times are epoch milliseconds, dates YYYY-MM-DD.

export type Id = string;

export type Attendance =
  'present' | 'absentStudent' | 'absentProvider' | 'schoolClosed' | 'refused';

export type PointStatus = 'scored' | 'absent' | 'notOffered' | 'invalid';

export type Answer = 'yes' | 'no' | 'otherTime';

/** How somebody of the family was tried to be reached, and what came of it. */
export type Channel = 'call' | 'text' | 'email' | 'letter' | 'homeVisit' | 'inPerson';
export type Reached = 'yes' | 'leftWord' | 'nobody' | 'wrongAddress';

/** What a family asks of the record, where it stands, and what may be named as wrong in it. */
export type Asks = 'see' | 'correct';
export type Standing = 'asked' | 'granted' | 'refused' | 'hearingAsked' | 'refusedAfterHearing';
export type ContestedKind = 'goal' | 'visit' | 'meeting';
export type Contested = { kind: ContestedKind; id: Id };

export type StatementField = 'strengths' | 'concerns' | 'vision';
export type InputField = 'strengths' | 'concerns' | 'hopes';

export type PointTaken = {
  goal: Id;
  status: PointStatus;
  scored?: number;
  possible?: number;
  value?: number;
};

/** What a person wants done. The core turns it into one operation, or refuses it. */
export type Intent =
  | {
      name: 'LogVisit';
      visit?: Id;
      student: Id;
      service: string;
      startedAt: number;
      endedAt: number;
      attendance: Attendance;
      note: string;
      points: PointTaken[];
      /** The person's own visit that was logged wrongly. */
      amends?: Id;
    }
  | {
      name: 'LogAttempt';
      student: Id;
      person: Id;
      at: number;
      channel: Channel;
      language: string;
      reached: Reached;
      meeting?: Id;
      note: string;
      /** The one that was written down wrongly. */
      amends?: Id;
    }
  /** `saw`: what the form showed when this was begun; by now it may be another text. */
  | { name: 'EditInput'; student: Id; field: InputField; value: string; saw?: string }
  | { name: 'SubmitInput'; student: Id }
  | { name: 'EditStatement'; student: Id; field: StatementField; value: string; saw?: string }
  | { name: 'AnswerMeeting'; meeting: Id; revision?: number; answer: Answer; note: string }
  | {
      name: 'AskOfRecord';
      student: Id;
      asks: Asks;
      words: string;
      instead: string;
      contests?: Contested;
    }
  | { name: 'AskForHearing'; request: Id }
  | { name: 'StateDisagreement'; request: Id; words: string }
  | {
      name: 'Resolve';
      kind: 'statement' | 'input';
      record: Id;
      field: StatementField | InputField;
      /** The versions as they were shown; to take a choice back, that choice. */
      saw: Seen[];
      value: string;
    };

/** What a form will be; with what it is about, where there may be several about one student. */
export type DraftName =
  | 'LogVisit'
  | 'LogAttempt'
  | `AnswerMeeting/${Id}`
  | `AskOfRecord/${Asks}`
  | `StateDisagreement/${Id}`
  | `Resolve/${Id}/${string}`;

/** What sign-out does with work that the server has not confirmed. */
export type Unsent = 'send' | 'keep' | 'destroy';

export type CoreEvent =
  | { type: 'signIn'; login: string; password: string }
  /** `credential`: as WebAuthn writes it. */
  | { type: 'signInWithPasskey'; challenge: string; credential: unknown }
  | { type: 'redeem'; code: string; login: string; password: string }
  | { type: 'signOut'; unsent: Unsent }
  | { type: 'choose'; account: Id }
  /** Closes the open copy until its key is handed in again. */
  | { type: 'lock' }
  /** The key of their copy is gone: whoever the server let in just now begins with an empty one. */
  | { type: 'anew'; account: Id }
  | { type: 'do'; id: Id; agency: Id; intent: Intent; replaces?: Id }
  | { type: 'drop'; operation: Id }
  /** `also`: what stands on it, as the outbox named it. */
  | { type: 'withdraw'; operation: Id; also: Id[] }
  /** A form as its page knows it, until `operation` is done; null throws it away. */
  | {
      type: 'draft';
      agency: Id;
      student: Id;
      name: DraftName;
      operation?: Id;
      body: unknown;
    }
  | { type: 'reply'; request: string; status: number; body: string }
  | { type: 'failed'; request: string }
  | { type: 'woke' | 'online' | 'offline' | 'poke' | 'hello' };

export type Effect =
  | {
      type: 'send';
      request: string;
      method: string;
      path: string;
      headers?: Record<string, string>;
      body?: string;
    }
  | { type: 'wakeAt'; at: number }
  | { type: 'changed'; what: string[] }
  | { type: 'listen'; token: string }
  | { type: 'hush' }
  | { type: 'forget'; account: Id }
  | { type: 'refused'; id?: Id; code: string; field?: string };

export type Refusal = Extract<Effect, { type: 'refused' }>;

export type Session = {
  state: 'signedOut' | 'signingIn' | 'ready' | 'expired' | 'locked';
  account?: {
    id: Id;
    name: string;
    login: string;
    locale: string;
    roles: string[];
    /** Under which of their keys their copy lies. */
    key: number;
    /** Whether it takes a PIN, and after how many minutes without a touch it locks then; said by
        whoever holds the core. */
    guard?: { pin: boolean; idle: number };
  };
  others: { account: Id; name: string }[];
  /** A copy that opens with its key. `waits`: for a PIN, or for nothing, because nobody has the key any
      more, says whoever holds the core; it opens by itself otherwise. `until`: no PIN is looked at
      before. `arrived`: the server let its owner in just now. */
  lock?: {
    account: Id;
    key: number;
    made: boolean;
    arrived: boolean;
    waits?: 'pin' | 'lost';
    until?: number;
  };
  /** `lost`: what was destroyed here before the server had it. */
  error?: {
    code: string;
    field?: string;
    lost: { name: string; at: number; initials: string }[];
  };
  /** For how much longer the copy may be read without a contact, where the server says. `isOver`: no
      other screen is shown until then. `daysSince`: whole days since the last. */
  lease?: { isOver: boolean; endsSoon: boolean; endsAt: number; daysSince: number };
  /** How much the server does not have yet. */
  unsent: number;
  /** Signs out as soon as all is sent. */
  leaving: boolean;
  /** This build has to be updated before it can read on. */
  tooOld: boolean;
};

export type Role = { role: string; service?: string | null };

export type StudentCard = {
  agency: Id;
  agencyName: string;
  id: Id;
  name: string;
  givenName: string;
  grade?: string | null;
  school?: string | null;
  roles: Role[];
  lastVisit?: number | null;
  nextMeeting?: number | null;
  conflicts: number;
  filling: boolean;
  /** Something about the student was begun and not done. */
  begun: boolean;
};

export type Invitation = {
  agency: Id;
  meeting: Id;
  student: Id;
  studentName: string;
  purpose: string;
  startsAt: number;
  endsAt: number;
  /** The school's, in which the meeting's time is shown. */
  timeZone: string;
  place: string;
  revision: number;
  answer?: {
    answer: Answer;
    note: string;
    revision: number;
    pending?: boolean;
    toOldTime?: boolean;
  } | null;
  /** Two answers to this time differ, given on two devices. */
  asked: boolean;
  /** What the school moved it to as well, while it has not chosen. */
  otherTimes: { startsAt: number; endsAt: number; place: string }[];
};

export type Home = {
  role: string;
  students: StudentCard[];
  invitations: Invitation[];
  unsent: number;
  parked: number;
  lastContact: number | null;
  /** How much is here so far, while not all is. */
  fetching?: { students: number; records: number };
  online: boolean;
};

export type Author = { person?: Id; name: string };

export type Point = {
  id: Id;
  at: number;
  status: PointStatus;
  value?: number | null;
  scored?: number | null;
  possible?: number | null;
  by: Author;
  pending: boolean;
};

export type Goal = {
  id: Id;
  title: string;
  area: string;
  unit: string;
  direction: 'increase' | 'decrease' | 'maintain';
  baseline?: number | null;
  baselineOn?: string | null;
  target: number;
  targetOn: string;
  startsOn: string;
  points: Point[];
  aimLine: { on: string; value: number }[];
  /** One plain sentence, as a catalogue key with its arguments; none while there is no data. */
  sentence?: { key: string; args: Record<string, string | number> } | null;
};

export type Visit = {
  id: Id;
  service: string;
  startedAt: number;
  endedAt: number;
  minutes: number;
  note: string;
  attendance: Attendance;
  by: Author;
  mine: boolean;
  pending: boolean;
  points: PointTaken[];
  amends?: Id | null;
  /** Another visit stands instead of this one. */
  corrected: boolean;
};

export type Attempt = {
  id: Id;
  person: Author;
  at: number;
  channel: Channel;
  language: string;
  reached: Reached;
  meeting?: Id | null;
  note: string;
  by: Author;
  pending: boolean;
  /** The one that was written down wrongly and reads like this instead. */
  amends?: Id | null;
};

export type RecordRequest = {
  id: Id;
  asks: Asks;
  words: string;
  instead: string;
  contests?: Contested | null;
  by: Author;
  askedAt: number;
  receivedAt?: number | null;
  /** The last day on which the record has to be shown, whatever meeting comes first. */
  dueOn?: string | null;
  standing: Standing;
  answer?: string | null;
  disagreements: { id: Id; words: string; at: number; pending: boolean }[];
  pending: boolean;
};

/** A version as it was shown to whoever chooses. */
export type Seen = { id: Id; value: string };

export type Alternative = { id: Id; by: Author; at: number; value: string };

/** `base`: what stood there before they disagreed, where that is known. */
export type Conflict<Field> = {
  field: Field;
  base?: string | null;
  alternatives: Alternative[];
};

/** A record of free texts. `pending`: fields whose present words the server does not have yet. */
type Texts<Field extends string> = Record<Field, string> & {
  id: Id;
  pending: Field[];
  conflicts: Conflict<Field>[];
};

export type Statement = Texts<StatementField>;
export type ParentInput = Texts<InputField> & { submittedAt?: number | null };

export type Student = {
  student: StudentCard;
  goals: Goal[];
  visits: Visit[];
  statement?: Statement | null;
  input?: ParentInput | null;
  /** More input that was begun before that one was handed in. */
  later: ParentInput[];
  /** Without what was corrected since. */
  attempts: Attempt[];
  /** Newest first; of guardians the reader's own. */
  requests: RecordRequest[];
  meetings: Invitation[];
  team: { person: Id; name: string; role: string; service?: string | null }[];
  mine: { roles: Role[] };
};

/** Why the server did not take something, as its schema's `Refusal` lists it. */
export type Code =
  | 'NOT_FOUND'
  | 'INVALID'
  | 'FROZEN'
  | 'EXISTS'
  | 'UNKNOWN_OPERATION'
  | 'GROUP'
  | 'UNRESOLVED'
  | 'DEPENDENCY'
  | 'DOCUMENT_CHANGED';

export type Waiting = {
  id: Id;
  name: string;
  agency: Id;
  subject?: Id | null;
  at: number;
  /** `parked`: the server did not take it, and it waits for its author. */
  state: 'waiting' | 'sending' | 'parked';
  code?: string | null;
  field?: string | null;
  /** The refused operation that it stands on. */
  because?: Id | null;
  studentName?: string;
  /** What was meant; not of a student who left this phone. */
  intent?: Intent | null;
  /** It can be taken back, and with it what stands on it. */
  undo?: { also: Id[] } | null;
};

export type Outbox = { operations: Waiting[]; lastContact: number | null };

/** What any screen but the session is until the next contact, once its lease is over. */
export type Withheld = { locked: 'contactNeeded' };

/** Each screen: how it is asked for and what it answers. */
export type Screens = {
  session: { ask: { screen: 'session' }; shows: Session };
  home: { ask: { screen: 'home' }; shows: Home };
  student: { ask: { screen: 'student'; agency: Id; id: Id }; shows: Student };
  outbox: { ask: { screen: 'outbox' }; shows: Outbox };
  draft: {
    ask: { screen: 'draft'; agency: Id; student: Id; name: DraftName };
    shows: object | null;
  };
};

export type ScreenName = keyof Screens;
export type Ask<N extends ScreenName = ScreenName> = Screens[N]['ask'];
