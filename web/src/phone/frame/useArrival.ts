// What happens when a page opens: its title takes the focus, so that it is read aloud, and the page
// stands at its top, or, on the way back, where it was left.
import { useEffect, useRef, type RefObject } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

const left = new Map<string, number>();

export function useArrival(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  const back = useNavigationType() === NavigationType.Pop;
  useEffect(() => {
    scrollTo(0, back ? (left.get(key) ?? 0) : 0);
    heading.current?.focus({ preventScroll: true });
    const leave = () => left.set(key, scrollY);
    addEventListener('scroll', leave, { passive: true });
    return () => removeEventListener('scroll', leave);
  }, [key, back]);
  return heading;
}
