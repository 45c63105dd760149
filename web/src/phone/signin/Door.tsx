// The frame of the two ways in: name, language, and one short form.
import type { ReactNode } from 'react';
import { LanguageSelect } from '~/components/LanguageSelect.tsx';
import { Wordmark } from '~/components/Wordmark.tsx';
import { NewVersion } from '../frame/Banners.tsx';
import styles from './Door.module.css';

export function Door({ title, lead, children }: Record<'title' | 'lead' | 'children', ReactNode>) {
  return (
    <div className={styles.door}>
      <header className={styles.head}>
        <Wordmark />
        <LanguageSelect />
      </header>
      <main className={styles.main}>
        <NewVersion />
        <div className={styles.words}>
          <h1>{title}</h1>
          <p>{lead}</p>
        </div>
        {children}
      </main>
    </div>
  );
}
