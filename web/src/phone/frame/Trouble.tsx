// There is no core in this browser, said before anything can be typed: why, and what to do.
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { Wordmark } from '~/components/Wordmark.tsx';
import type { Standing } from '~/core/words.ts';
import { T } from '~/i18n/T.tsx';
import styles from './Trouble.module.css';

type InTrouble = Extract<Standing, { at: 'trouble' }>;

export function Trouble({ standing: { trouble, detail } }: { standing: InTrouble }) {
  return (
    <main className={styles.page}>
      <Wordmark />
      <h1>
        <T id={`trouble.${trouble}.title`} />
      </h1>
      <Notice tone="bad">
        <T id={`trouble.${trouble}.why`} />
      </Notice>
      <p>
        <T id={`trouble.${trouble}.do`} />
      </p>
      <Button kind="primary" onPress={() => location.reload()}>
        <T id="trouble.again" />
      </Button>
      {detail !== '' && (
        <details className={styles.detail}>
          <summary>
            <T id="trouble.detail" />
          </summary>
          <pre dir="ltr">{detail}</pre>
        </details>
      )}
    </main>
  );
}
