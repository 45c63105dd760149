// Whether somebody's sign-in has ended while a page was open. The page stays as it is, with what
// was typed in it, and asks for the sign-in on top.
const listeners = new Set<() => void>();
let ended = false;

export const sessionEnd = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: () => ended,
  set: (value: boolean) => {
    ended = value;
    listeners.forEach(listener => listener());
  },
};
