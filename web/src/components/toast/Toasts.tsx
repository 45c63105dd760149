// Short messages about what just happened, announced to screen readers. One with an action stays
// until it is answered; the others leave after ten seconds, never under the pointer or the focus.
import {
  createContext,
  useCallback,
  useContext,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { Toast, type ToastContent } from './Toast.tsx';
import styles from './Toasts.module.css';

type Tell = (toast: ToastContent) => void;

const ToastContext = createContext<Tell | null>(null);

export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (ToastContent & { key: number })[]>([]);
  const next = useRef(0);
  const region = useRef<HTMLDivElement>(null);

  // What is fixed to the bottom of a page stands above them, so that none ever covers a button.
  useLayoutEffect(() => {
    const element = region.current;
    if (element === null) return;
    const page = document.documentElement.style;
    const measure = () => {
      const { height, top } = element.getBoundingClientRect();
      page.setProperty('--toasts', height === 0 ? '0px' : `${window.innerHeight - top}px`);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const tell = useCallback<Tell>(toast => {
    const key = next.current++;
    setToasts(shown => [...shown.slice(-3), { ...toast, key }]);
  }, []);
  const dismiss = (key: number) => setToasts(shown => shown.filter(toast => toast.key !== key));

  return (
    <ToastContext value={tell}>
      {children}
      <div ref={region} className={styles.region} role="status" aria-live="polite">
        {toasts.map(({ key, ...toast }) => (
          <Toast key={key} {...toast} onDismiss={() => dismiss(key)} />
        ))}
      </div>
    </ToastContext>
  );
}

/** Says something about what just happened. */
export function useTell(): Tell {
  const tell = useContext(ToastContext);
  if (tell === null) throw new Error('useTell outside Toasts');
  return tell;
}
