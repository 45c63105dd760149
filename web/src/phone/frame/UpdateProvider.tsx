// Keeps the page's version in step with its service worker. A new version waits until the person
// says so; what is unsent lies in the core's database and is there again after the change.
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { useCore } from '../core/CoreProvider.tsx';

interface Update {
  /** A newer version is here and waits. */
  ready: boolean;
  /** Closes the database, changes over and loads the page again. */
  update: () => Promise<void>;
}

const UpdateContext = createContext<Update>({ ready: false, update: () => Promise.resolve() });

const LOOK_EVERY = 60 * 60 * 1_000;

export function UpdateProvider({ children }: { children: ReactNode }) {
  const core = useCore();
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  // Another tab changed over: this page still works, and loads again when it is next asked to.
  const [overtaken, setOvertaken] = useState(false);
  const asked = useRef(false);

  useEffect(() => {
    if (!import.meta.env.PROD) return;
    const firstVisit = navigator.serviceWorker.controller === null;
    const changedOver = () => {
      if (asked.current) location.reload();
      else if (!firstVisit) setOvertaken(true);
    };
    navigator.serviceWorker.addEventListener('controllerchange', changedOver);
    // Where a browser wants no service worker, there is nothing to change over to.
    const watched = watch(setWaiting).catch(() => () => undefined);
    return () => {
      navigator.serviceWorker.removeEventListener('controllerchange', changedOver);
      void watched.then(stop => stop());
    };
  }, []);

  const update = async () => {
    asked.current = true;
    await core.retire();
    if (waiting === null) location.reload();
    else waiting.postMessage('update');
  };

  return (
    <UpdateContext value={{ ready: waiting !== null || overtaken, update }}>
      {children}
    </UpdateContext>
  );
}

export function useUpdate(): Update {
  return useContext(UpdateContext);
}

async function watch(found: (waiting: ServiceWorker) => void): Promise<() => void> {
  const registration = await navigator.serviceWorker.register('/phone/sw.js', {
    updateViaCache: 'none',
  });
  const look = () => {
    // Without a controller it is the first version, not a newer one.
    if (registration.waiting !== null && registration.active !== null) found(registration.waiting);
  };
  look();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  );
  const ask = () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
  };
  const timer = setInterval(ask, LOOK_EVERY);
  document.addEventListener('visibilitychange', ask);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', ask);
  };
}
