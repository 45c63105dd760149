// What every page stands in: language, colours, and React. Each main.tsx calls `mount` once.
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Area } from '~/i18n/catalogue.ts';
import { Language } from '~/i18n/Language.tsx';
import { applyTheme, rememberedTheme } from '~/theme/theme.ts';
import '~/theme/base.css';

export function mount(areas: readonly Area[], page: ReactNode): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  applyTheme(rememberedTheme());
  createRoot(root).render(
    <StrictMode>
      <Language areas={areas}>{page}</Language>
    </StrictMode>,
  );
}
