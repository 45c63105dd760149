// The words that pages, workers and tabs of one browser say to each other about the core.
// A call is repeated with the same id until it is answered; `do` carries the operation's id, so
// a repeat changes nothing.

import type { CoreEvent, Id, Refusal } from './face.ts';

/** Asked of the core by a page, or through it of the server. `id` names the call; for a `do` it is
    the operation's id. */
export type Call =
  | { id: string; kind: 'take'; event: CoreEvent }
  | { id: string; kind: 'read'; screen: string }
  | { id: string; kind: 'ask'; path: string; body: unknown }
  | { id: string; kind: 'guard'; wish: Wish };

/** What a person wants of the lock. `pin`: of now, if there is one; `next`: instead of it, none if it
    is left out. `leave`: lock at once, or where there is no PIN, sign out. */
export type Wish =
  | { of: 'open'; pin: string }
  | { of: 'pin'; pin: string; next?: string }
  | { of: 'idle'; minutes: number }
  | { of: 'leave' };

/** Whether a PIN was taken; if not, until when none is looked at. */
export type Tried = { taken: boolean; until: number };

/** The shortest PIN that is taken, in characters. */
export const SHORTEST_PIN = 6;

/** The key of an open copy that takes a PIN, from one leading tab to the next; never stored. */
export type Held = { account: Id; key: number; bare: Uint8Array<ArrayBuffer>; touched: number };

/** What came of a call: the JSON of a screen, the server's answer, or whether an event was taken. */
export type Outcome =
  { ok: true; value?: unknown } | { ok: false; refused: Pick<Refusal, 'code' | 'field'> };

/** Why there is no core here, named by what the person can do about it. */
export type Trouble =
  | 'storage' // refused: private window, blocked site data
  | 'insecure' // no https: the browser offers neither locks nor storage
  | 'missing' // this build has no phone core
  | 'broken'; // the core failed to open, or stopped

/** Where this tab's worker stands. */
export type Standing =
  | { at: 'starting' | 'leading' | 'following' }
  | { at: 'trouble'; trouble: Trouble; detail: string };

/** Page to its worker. */
export type ToWorker =
  | { say: 'start'; device: string; build: string }
  | { say: 'call'; call: Call }
  | { say: 'shown'; shown: boolean }
  | { say: 'touched' }
  | { say: 'network'; online: boolean }
  | { say: 'retire' };

/** Worker to its page. `repeat`: there is a new leader; ask again what is still unanswered. */
export type ToPage =
  | { say: 'standing'; standing: Standing }
  | { say: 'answer'; id: string; outcome: Outcome }
  | { say: 'changed'; what: string[] }
  | { say: 'repeat' }
  | { say: 'retired' };

/** Worker to worker, over the broadcast channel. */
export type Between =
  | { say: 'call'; from: string; call: Call }
  | { say: 'answer'; to: string; id: string; outcome: Outcome }
  | { say: 'changed'; what: string[] }
  | { say: 'key'; held: Held }
  | { say: 'leads' | 'wants' | 'hiding' | 'touched' };

export const CHANNEL = 'aimline-core';
export const LOCK = 'aimline-core';
