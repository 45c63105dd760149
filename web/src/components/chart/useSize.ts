// The width of an element and the size of its text in pixels, kept up to date.
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

export function useSize<Of extends HTMLElement>(): [
  RefObject<Of | null>,
  { width: number; em: number },
] {
  const ref = useRef<Of>(null);
  const [size, setSize] = useState({ width: 0, em: 14 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      const em = parseFloat(getComputedStyle(element).fontSize) || 14;
      const width = Math.floor(element.clientWidth);
      setSize(old => (old.width === width && old.em === em ? old : { width, em }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
